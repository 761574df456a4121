// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const PODS = '/api/v1/namespaces/default/pods';

function pod(container: object, metadata: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...metadata },
    spec: { containers: [{ name: 'main', image: 'web:1', ...container }] },
  };
}

describe('members of a body that its kind does not have', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  it('are refused when the caller is strict', async () => {
    const strict = `${PODS}?fieldValidation=Strict`;
    expect((await http.post(strict, pod({ imagee: 'x' }))).body).toMatchObject({
      code: 400,
      message:
        'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee"',
    });
  });

  it('are dropped with a warning, or without one', async () => {
    const warned = await http.post(`${PODS}?dryRun=All`, pod({ imagee: 'x' }));
    expect(warned.headers.get('warning')).toBe(
      '299 - "unknown field \\"spec.containers[0].imagee\\""',
    );
    expect(warned.body.spec.containers[0]).not.toHaveProperty('imagee');
    const ignored = `${PODS}?dryRun=All&fieldValidation=Ignore`;
    const answer = await http.post(ignored, pod({ imagee: 'x' }));
    expect(answer.headers.get('warning')).toBeNull();
  });

  it('are told from members of the wrong type, which are always refused', async () => {
    expect((await http.post(PODS, pod({ image: 1 }))).body.message).toBe(
      'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string',
    );
    const resources = { limits: { cpu: 'many' } };
    expect((await http.post(PODS, pod({ resources }))).body.message).toContain(
      'quantities must match the regular expression',
    );
  });

  it('know only three levels', async () => {
    const answer = await http.post(`${PODS}?fieldValidation=Odd`, pod({}));
    expect(answer.body).toMatchObject({
      code: 422,
      details: {
        kind: 'CreateOptions',
        causes: [{ field: 'fieldValidation' }],
      },
    });
  });

  it('are no members that stand for nothing: those are left out', async () => {
    const sent = pod({ env: [], stdin: false }, { labels: {}, finalizers: [] });
    const { body } = await http.post(PODS, sent);
    expect(body.metadata).not.toHaveProperty('labels');
    expect(body.metadata).not.toHaveProperty('finalizers');
    expect(body.spec.containers[0]).not.toHaveProperty('env');
    expect(body.spec.containers[0]).not.toHaveProperty('stdin');
  });
});
