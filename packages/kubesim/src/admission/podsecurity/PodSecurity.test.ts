// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../../Kubesim';
import { startKubesim } from '../../startKubesim';
import { HttpClient } from '../../testing/HttpClient';

const LABEL = 'pod-security.kubernetes.io/';
const SAFE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

describe('the security level of a namespace', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    for (const name of ['privileged', 'baseline', 'restricted', 'warned']) {
      const mode = name === 'warned' ? 'warn' : 'enforce';
      const level = name === 'warned' ? 'restricted' : name;
      sim.objects.create('namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { [LABEL + mode]: level } },
      });
    }
  });
  afterEach(() => sim.stop());

  const spec = (container: object = {}, pod: object = {}) => ({
    ...pod,
    containers: [{ name: 'main', image: 'web:1', ...container }],
  });
  const create = (namespace: string, given: object) =>
    http.post(`/api/v1/namespaces/${namespace}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: given,
    });
  const refusal = async (level: string, given: object) =>
    (await create(level, given)).body.message?.replace(
      `pods "p" is forbidden: violates PodSecurity "${level}:latest": `,
      '',
    );

  it('restricted asks for everything in the words of the real server', async () => {
    expect((await create('restricted', spec())).body).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'pods "p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      details: { name: 'p', kind: 'pods' },
    });
    const safe = await create('restricted', spec({ securityContext: SAFE }));
    expect(safe.status).toBe(201);
  });

  it.each([
    [
      spec({ securityContext: { privileged: true } }),
      'privileged (container "main" must not set securityContext.privileged=true)',
    ],
    [
      spec({}, { hostNetwork: true, hostPID: true }),
      'host namespaces (hostNetwork=true, hostPID=true)',
    ],
    [
      spec({}, { volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
      'hostPath volumes (volume "root")',
    ],
    [
      spec({ ports: [{ containerPort: 80, hostPort: 80 }] }),
      'hostPort (container "main" uses hostPort 80)',
    ],
    [
      spec({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } }),
      'non-default capabilities (container "main" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
    [
      spec({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
      'seccompProfile (container "main" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      spec(
        {},
        {
          securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
        },
      ),
      'forbidden sysctls (kernel.msgmax)',
    ],
    [
      spec({}, { securityContext: { seLinuxOptions: { user: 'root' } } }),
      'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: user may not be set)',
    ],
  ])('baseline refuses %j', async (given, why) => {
    expect(await refusal('baseline', given)).toBe(why);
  });

  it('privileged, and no level, ask for nothing', async () => {
    const given = spec(
      { securityContext: { privileged: true } },
      { hostNetwork: true },
    );
    expect((await create('privileged', given)).status).toBe(201);
    expect((await create('default', given)).status).toBe(201);
  });

  it('restricted looks at volumes, root users and what the pod says for its containers', async () => {
    const { runAsNonRoot, seccompProfile, ...rest } = SAFE;
    const securityContext = { runAsNonRoot, seccompProfile };
    const ofPod = spec({ securityContext: rest }, { securityContext });
    expect((await create('restricted', ofPod)).status).toBe(201);
    const nfs = { name: 'n', nfs: { server: 's', path: '/' } };
    expect(
      await refusal(
        'restricted',
        spec({ securityContext: SAFE }, { volumes: [nfs] }),
      ),
    ).toBe(
      'restricted volume types (volume "n" uses restricted volume type "nfs")',
    );
    expect(
      await refusal(
        'restricted',
        spec({ securityContext: { ...SAFE, runAsUser: 0 } }),
      ),
    ).toBe('runAsUser=0 (container "main" must not set runAsUser=0)');
  });

  it('warns of pods and of templates where it is to warn', async () => {
    const pod = await create('warned', spec());
    expect(pod.status).toBe(201);
    expect(pod.headers.get('warning')).toMatch(
      /^299 - "would violate PodSecurity \\"restricted:latest\\": allowPrivilegeEscalation != false/,
    );
    const template = { metadata: { labels: { app: 'web' } }, spec: spec() };
    const deployment = await http.post(
      '/apis/apps/v1/namespaces/warned/deployments',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: { selector: { matchLabels: { app: 'web' } }, template },
      },
    );
    expect(deployment.status).toBe(201);
    expect(deployment.headers.get('warning')).toContain(
      'would violate PodSecurity',
    );
  });

  it('warns of pods that are there already when it is raised, and refuses words that are none', async () => {
    await create('privileged', spec());
    const label = (level: string) =>
      http.patch('/api/v1/namespaces/privileged', 'merge-patch+json', {
        metadata: { labels: { [`${LABEL}enforce`]: level } },
      });
    const raised = await label('restricted');
    expect(raised.headers.get('warning')).toBe(
      '299 - "existing pods in namespace \\"privileged\\" violate the new PodSecurity enforce level \\"restricted:latest\\"", 299 - "p: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile"',
    );
    expect((await label('strict')).body.message).toBe(
      'Namespace "privileged" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
  });
});
