// SPDX-License-Identifier: Apache-2.0
import type {
  LabelSelector,
  NetworkPolicyObject,
  PolicyPeer,
  PolicyRule,
} from '../objects';
import { array, at, integerOrNone, text, textMap, textOr } from './fields';
import { projectGeneric } from './generic';
import type { ProjectionContext } from './meta';

const TYPES = ['Ingress', 'Egress'] as const;

export function projectNetworkPolicy(
  object: unknown,
  context: ProjectionContext,
): NetworkPolicyObject {
  const spec = at(object, 'spec');
  const egress = rules(spec, 'egress', context);
  return {
    ...projectGeneric(object, context),
    podSelector: selector(at(spec, 'podSelector'), context),
    policyTypes: typesOf(spec, egress),
    ingress: rules(spec, 'ingress', context),
    egress,
  };
}

/** The API server writes the types out; of one that did not, the documented default holds. */
function typesOf(
  spec: unknown,
  egress: readonly PolicyRule[],
): NetworkPolicyObject['policyTypes'] {
  const named = array(at(spec, 'policyTypes'));
  const known = TYPES.filter(type => named.includes(type));
  if (known.length > 0) return known;
  return egress.length > 0 ? TYPES : ['Ingress'];
}

function selector(value: unknown, context: ProjectionContext): LabelSelector {
  const { interner } = context;
  return {
    matchLabels: textMap(at(value, 'matchLabels'), interner),
    matchExpressions: array(at(value, 'matchExpressions')).map(expression => ({
      key: interner.text(textOr(at(expression, 'key'), '')),
      operator: interner.text(textOr(at(expression, 'operator'), '')),
      values: array(at(expression, 'values')).flatMap(entry =>
        typeof entry === 'string' ? [interner.text(entry)] : [],
      ),
    })),
  };
}

function rules(
  spec: unknown,
  side: 'ingress' | 'egress',
  context: ProjectionContext,
): readonly PolicyRule[] {
  return array(at(spec, side)).map(rule => ({
    peers: array(at(rule, side === 'ingress' ? 'from' : 'to')).map(peer =>
      projectPeer(peer, context),
    ),
    ports: array(at(rule, 'ports')).map(projectPort),
  }));
}

function projectPeer(peer: unknown, context: ProjectionContext): PolicyPeer {
  const pods = at(peer, 'podSelector');
  const namespaces = at(peer, 'namespaceSelector');
  const block = at(peer, 'ipBlock');
  return {
    podSelector: pods === undefined ? undefined : selector(pods, context),
    namespaceSelector:
      namespaces === undefined ? undefined : selector(namespaces, context),
    ipBlock:
      block === undefined
        ? undefined
        : {
            cidr: textOr(at(block, 'cidr'), ''),
            except: array(at(block, 'except')).flatMap(
              entry => text(entry) ?? [],
            ),
          },
  };
}

function projectPort(entry: unknown) {
  const port = at(entry, 'port');
  return {
    protocol: textOr(at(entry, 'protocol'), 'TCP'),
    port: integerOrNone(port) ?? text(port),
    endPort: integerOrNone(at(entry, 'endPort')),
  };
}
