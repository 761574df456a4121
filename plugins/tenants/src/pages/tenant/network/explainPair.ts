// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentNetwork,
  NetworkReach,
  NetworkWorkload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../../useText';
import { portsText } from './networkText';

/** Whether one workload may reach another, and what decides. */
export type PairAnswer = {
  readonly allowed: boolean;
  readonly sentence: string;
  readonly reasons: readonly string[];
};

function policyThatLets(reach: NetworkReach, id: string): string | undefined {
  return reach.rules.find(({ peers }) =>
    peers.some(
      peer =>
        peer.type === 'any' ||
        (peer.type === 'pods' && peer.workloads.includes(id)),
    ),
  )?.policy;
}

/** Puts what the portal derived into words: out of the one, and in to the other. */
export function explainPair(
  t: Translate,
  network: Pick<EnvironmentNetwork, 'flows'>,
  pair: { readonly from: NetworkWorkload; readonly to: NetworkWorkload },
): PairAnswer {
  const from = pair.from.name;
  const to = pair.to.name;
  const { egress } = pair.from;
  const { ingress } = pair.to;
  const flow = network.flows.find(
    known => known.from === pair.from.id && known.to === pair.to.id,
  );
  const mayLeave = egress.workloads.includes(pair.to.id);
  const mayEnter = ingress.workloads.includes(pair.from.id);
  const out = whyOut(t, pair);
  const into = whyIn(t, pair);
  if (flow) {
    const ports = portsText(t, flow.ports);
    const sentence = t('network.yes', { from, to, ports });
    return { allowed: true, sentence, reasons: [out, into] };
  }
  const common = mayLeave && mayEnter ? [t('network.deniedPorts')] : [];
  return {
    allowed: false,
    sentence: t('network.no', { from, to }),
    reasons: [out, into, ...common],
  };
}

type Pair = { readonly from: NetworkWorkload; readonly to: NetworkWorkload };

function whyOut(t: Translate, { from: { name, egress }, to }: Pair): string {
  const from = name;
  if (egress.state === 'open') return t('network.becauseOpenOut', { from });
  if (egress.workloads.includes(to.id)) {
    const policy = policyThatLets(egress, to.id) ?? '';
    return t('network.becauseOut', { from, policy });
  }
  const policies = egress.policies.join(', ');
  return t('network.deniedOut', { from, policies });
}

function whyIn(t: Translate, { from, to: { name, ingress } }: Pair): string {
  const to = name;
  if (ingress.state === 'open') return t('network.becauseOpenIn', { to });
  if (ingress.workloads.includes(from.id)) {
    const policy = policyThatLets(ingress, from.id) ?? '';
    return t('network.becauseIn', { to, policy });
  }
  const policies = ingress.policies.join(', ');
  return t('network.deniedIn', { to, policies });
}
