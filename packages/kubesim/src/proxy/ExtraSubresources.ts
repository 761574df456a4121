// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestInfo } from '../api/RequestInfo';
import { patched } from '../api/patched';
import { parseObject, readBody, sendJson, sendText } from '../api/respond';
import { evict } from '../controllers/evict';
import { addEphemeralContainers } from '../kubelet/addEphemeralContainers';
import { asPod } from '../kubelet/Pod';
import type { Life } from '../scenario/Life';
import { methodNotAllowed, notFound } from '../storage/ApiError';
import { numberOf, recordOf } from '../storage/json';
import type { KubeObject, Objects } from '../storage/Objects';
import type { Clock } from '../time/Clock';
import { podTarget, serviceTarget, unavailable } from './ProxyTarget';
import { webAnswer } from './webAnswer';

const PODS = { plural: 'pods', group: '' };
const HANDLED: ReadonlySet<string> = new Set([
  'eviction',
  'ephemeralcontainers',
  'proxy',
]);

type Ports = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly life: Life;
};
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
};

/** Subresources that are no part of an object: evictions, ephemeral containers, and the proxy to pods and services. */
export class ExtraSubresources {
  private turn = 0;

  constructor(private readonly ports: Ports) {}

  handles({ subresource }: RequestInfo): boolean {
    return subresource !== undefined && HANDLED.has(subresource);
  }

  /** @throws ApiError in the words of the real server */
  async answer(info: RequestInfo, exchange: Exchange): Promise<void> {
    switch (info.subresource) {
      case 'eviction':
        return this.evict(info, exchange);
      case 'ephemeralcontainers':
        return this.debug(info, exchange);
      default:
        return this.proxy(info, exchange);
    }
  }

  private async evict(
    { verb, namespace = '', name = '', query }: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    if (verb !== 'create') throw methodNotAllowed();
    const type = request.headers['content-type'];
    const body = parseObject(await readBody(request), type);
    const options = recordOf(body.deleteOptions);
    const dryRun =
      query.getAll('dryRun').includes('All') ||
      (Array.isArray(options.dryRun) && options.dryRun.includes('All'));
    const grace = options.gracePeriodSeconds;
    evict(this.ports, {
      namespace,
      name,
      dryRun,
      ...(typeof grace === 'number'
        ? { gracePeriodSeconds: numberOf(grace) }
        : {}),
    });
    sendJson(response, 201, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      code: 201,
    });
  }

  private async debug(
    { verb, kind, namespace = '', name = '' }: RequestInfo,
    { request, response }: Exchange,
  ): Promise<void> {
    const where = { namespace, name };
    const pod = this.ports.objects.get('pods', where);
    if (!pod) throw notFound(PODS, name);
    if (verb === 'get') return sendJson(response, 200, pod);
    if (verb !== 'patch' && verb !== 'update') throw methodNotAllowed();
    const text = await readBody(request);
    const type = request.headers['content-type'] ?? '';
    const wanted =
      verb === 'patch'
        ? patched(kind, pod, { text, type })
        : parseObject(text, type);
    return sendJson(response, 200, this.write(pod, recordOf(wanted.spec)));
  }

  private write(pod: KubeObject, wanted: Record<string, unknown>): KubeObject {
    const { name } = pod.metadata;
    const given = { name, spec: pod.spec ?? {} };
    const ephemeralContainers = addEphemeralContainers(given, wanted);
    const written = this.ports.objects.modify('pods', pod.metadata, draft => {
      draft.spec = { ...draft.spec, ephemeralContainers };
    });
    if (!written) throw notFound(PODS, name);
    return written;
  }

  private async proxy(
    { kind, namespace = '', name = '' }: RequestInfo,
    { request, response, url }: Exchange,
  ): Promise<void> {
    const asked = { namespace, name };
    this.turn += 1;
    const target =
      kind.resource === 'services'
        ? serviceTarget(this.ports.objects, asked, this.turn)
        : podTarget(this.ports.objects, asked);
    const { pod, port } = target;
    if (asPod(pod).status?.phase !== 'Running')
      throw unavailable(
        `error trying to reach service: dial tcp ${
          pod.status?.podIP ?? ''
        }:${port}: connect: connection refused`,
      );
    const mark = '/proxy';
    const rest = url.pathname.slice(url.pathname.indexOf(mark) + mark.length);
    const answer = webAnswer(
      target,
      {
        method: request.method ?? 'GET',
        path: `${rest || '/'}${url.search}`,
        accept: request.headers.accept ?? '',
      },
      this.ports.life.behaviourOf(pod.metadata),
    );
    sendText(response, answer);
  }
}
