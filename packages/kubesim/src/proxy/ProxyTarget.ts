// SPDX-License-Identifier: Apache-2.0
import { targetPorts, type Service } from '../controllers/endpoints';
import { selects } from '../controllers/endpoints';
import { asPod, readySince, type Pod } from '../kubelet/Pod';
import { ApiError, badRequest, notFound } from '../storage/ApiError';
import type { Objects } from '../storage/Objects';

const NAME = /^(?:(https?|):)?([^:]+)(?::([^:]*))?$/;

/** Where a request through the proxy goes to. */
export type ProxyTarget = { readonly pod: Pod; readonly port: number };
type Asked = { readonly namespace: string; readonly name: string };

/** `[https:]name[:port]`, as the path of a proxy names its target. */
function parseName(text: string): { name: string; port: string } {
  const parts = NAME.exec(text);
  if (!parts)
    throw badRequest(`invalid service request ${JSON.stringify(text)}`);
  return { name: parts[2], port: parts[3] ?? '' };
}

/** A pod and its port; the first port it declares, when none is named. @throws ApiError 404, 400 */
export function podTarget(objects: Objects, asked: Asked): ProxyTarget {
  const { name, port } = parseName(asked.name);
  const { namespace } = asked;
  const object = objects.get('pods', { namespace, name });
  if (!object) throw notFound({ plural: 'pods', group: '' }, name);
  const pod = asPod(object);
  if (!pod.status?.podIP) throw badRequest('address not allowed');
  const declared = pod.spec.containers.flatMap(({ ports }) => ports ?? []);
  const number =
    port === ''
      ? declared[0]?.containerPort ?? 80
      : declared.find(each => each.name === port)?.containerPort ??
        Number(port);
  return { pod, port: number };
}

/**
 * One of the serving pods of a service; `turn` chooses which.
 *
 * @throws ApiError 404 when there is no such service, 503 when nothing serves it
 */
export function serviceTarget(
  objects: Objects,
  asked: Asked,
  turn: number,
): ProxyTarget {
  const { name, port } = parseName(asked.name);
  const { namespace } = asked;
  const object = objects.get('services', { namespace, name });
  if (!object) throw notFound({ plural: 'services', group: '' }, name);
  const service: Service = object;
  const ports = service.spec?.ports ?? [];
  const chosen =
    port === '' && ports.length === 1
      ? ports[0]
      : ports.find(each => each.name === port || String(each.port) === port);
  if (!chosen)
    throw unavailable(
      `no service port ${JSON.stringify(port)} found for service "${name}"`,
    );
  const { selector } = service.spec ?? {};
  const pods = objects
    .list('pods', namespace)
    .map(asPod)
    .filter(
      pod =>
        selector &&
        selects(selector, pod) &&
        readySince(pod) !== undefined &&
        !pod.metadata.deletionTimestamp,
    );
  if (pods.length === 0)
    throw unavailable(`no endpoints available for service "${name}"`);
  const pod = pods[turn % pods.length];
  const only: Service = {
    ...service,
    spec: { ...service.spec, ports: [chosen] },
  };
  const target = targetPorts(only, pod).at(0);
  if (target) return { pod, port: target.port };
  throw unavailable(`no endpoints available for service "${name}"`);
}

export function unavailable(message: string): ApiError {
  return new ApiError({ code: 503, reason: 'ServiceUnavailable', message });
}
