// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { field, fieldAt, isJsonObject, listField } from './jsonValue';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';
import type { RenderInput } from './RenderInput';

const NETWORK_POLICY = 'networking.k8s.io/v1/NetworkPolicy';

/** A module may say which of its own pods talk to each other. What leaves or enters the environment is the platform’s to say. */
export function networkPolicyRule(
  object: JsonObject,
  input: RenderInput,
): ObjectProblem[] {
  if (input.settings.allowedKinds?.includes(NETWORK_POLICY)) return [];
  const spec = field(object, 'spec');
  return [
    ['ingress', 'from'],
    ['egress', 'to'],
  ].flatMap(([direction, peers]) =>
    listField(spec, direction).flatMap((rule, at) =>
      staysInside(listField(rule, peers))
        ? []
        : [
            manifestProblem(
              `spec.${direction}[${at}].${peers} reaches beyond the environment.`,
              `Name pods of the environment there, by podSelector alone; what else pods may reach is set by the platform.`,
            ),
          ],
    ),
  );
}

/** No peers means everyone. */
function staysInside(peers: readonly unknown[]): boolean {
  const isInner = (peer: unknown) =>
    isJsonObject(peer) &&
    isJsonObject(peer.podSelector) &&
    Object.keys(peer).length === 1;
  return peers.length > 0 && peers.every(isInner);
}

/** A route may be attached to a gateway elsewhere, which decides on that; what it leads to is in the environment. */
export function backendRule(object: JsonObject): ObjectProblem[] {
  return listField(field(object, 'spec'), 'rules').flatMap((rule, at) =>
    namesNamespace(rule)
      ? [
          manifestProblem(
            `spec.rules[${at}] leads to a Service of another namespace.`,
            'Remove namespace from the backend.',
          ),
        ]
      : [],
  );
}

function namesNamespace(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    field(value, 'namespace') !== undefined ||
    Object.values(value).some(namesNamespace)
  );
}

/** A monitor of a tenant scrapes its own environment. */
export function monitorRule(object: JsonObject): ObjectProblem[] {
  if (fieldAt(object, ['spec', 'namespaceSelector']) === undefined) return [];
  return [
    manifestProblem(
      'spec.namespaceSelector scrapes other namespaces.',
      'Remove namespaceSelector.',
    ),
  ];
}
