// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { partialDataSchema } from './freshness';

/** A port or range of ports of a rule, as `NetworkPolicyPort` of Kubernetes has it. @public */
export const networkPortSchema = z.object({
  protocol: z.string(),
  port: z
    .union([z.number().int(), z.string()])
    .optional()
    .describe('A number or the name of a container’s port; absent: all.'),
  endPort: z.number().int().optional().describe('Last of a range.'),
});

/** What a rule lets through: one port, those up to `endPort`, or, when `port` is `undefined`, every port of the protocol. @public */
export type NetworkPort = z.infer<typeof networkPortSchema>;

/** The other end of a rule, by `type`: anybody, a range of addresses, or pods that selectors choose. @public */
export const networkPeerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('any') }),
  z.object({
    type: z.literal('cidr'),
    cidr: z.string(),
    except: z.array(z.string()),
  }),
  z.object({
    type: z.literal('pods'),
    namespaces: z
      .string()
      .optional()
      .describe(
        'Selector of namespaces as text, empty for every namespace; absent: the policy’s own.',
      ),
    pods: z.string().describe('Selector of pods as text; empty: every pod.'),
    workloads: z
      .array(z.string())
      .describe('Ids of the tenant’s workloads it selects.'),
    reachesOutside: z
      .boolean()
      .describe('May select pods that are not this tenant’s.'),
  }),
]);

/** Whom a rule lets in or out to. @public */
export type NetworkPeer = z.infer<typeof networkPeerSchema>;

/** One ingress or egress rule with the policy it stands in; it lets every peer through on every port it names. @public */
export const networkRuleSchema = z.object({
  policy: z.string(),
  peers: z.array(networkPeerSchema),
  ports: z.array(networkPortSchema).describe('Empty: every port.'),
});

/** One rule of a policy. @public */
export type NetworkRule = z.infer<typeof networkRuleSchema>;

/** What the policies that select a workload let through in one direction, and to or from which workloads of the tenant. @public */
export const networkReachSchema = z.object({
  state: z
    .enum(['open', 'limited', 'denied'])
    .describe(
      'open: no policy selects it, so everybody. limited: what the rules say. denied: nobody.',
    ),
  policies: z.array(z.string()).describe('Those that select it.'),
  rules: z.array(networkRuleSchema),
  workloads: z
    .array(z.string())
    .describe('Ids of the tenant’s workloads that this side lets through.'),
});

/** One direction of a workload. @public */
export type NetworkReach = z.infer<typeof networkReachSchema>;

/** A workload with both its directions, judged by the network policies alone: whether anything listens is not asked. @public */
export const networkWorkloadSchema = z.object({
  id: z.string().describe('`namespace/Kind/name`.'),
  uid: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  module: z.string(),
  assumed: z
    .boolean()
    .describe('It has no pod now: judged by the labels it selects pods by.'),
  ingress: networkReachSchema,
  egress: networkReachSchema,
});

/** Who may reach a workload, and what it may reach. @public */
export type NetworkWorkload = z.infer<typeof networkWorkloadSchema>;

/** A namespace of an environment with its network policies and what they deny by default. @public */
export const networkNamespaceSchema = z.object({
  name: z.string(),
  deniesIngress: z
    .boolean()
    .describe('A policy selects every pod and lets nothing in by itself.'),
  deniesEgress: z.boolean(),
  policies: z.array(
    z.object({
      name: z.string(),
      pods: z.string().describe('Selector as text; empty: every pod.'),
      types: z.array(z.enum(['Ingress', 'Egress'])),
      selects: z.number().int().describe('Workloads it selects.'),
    }),
  ),
});

/** The network policies of one namespace; `deniesIngress` and `deniesEgress` say whether nothing passes unless a rule lets it. @public */
export type NetworkNamespace = z.infer<typeof networkNamespaceSchema>;

/** An allowed way between two workloads, by their ids, with the ports that both sides let through. @public */
export const networkFlowSchema = z.object({
  from: z.string(),
  to: z.string(),
  ports: z.array(networkPortSchema).describe('Empty: every port.'),
});

/** One workload may reach another. @public */
export type NetworkFlow = z.infer<typeof networkFlowSchema>;

/** The workloads of an environment, at most 100, with who may reach whom by its network policies. @public */
export const environmentNetworkSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  known: z
    .boolean()
    .describe('Whether the policies are read; if not, `partial` says why.'),
  namespaces: z.array(networkNamespaceSchema),
  workloads: z.array(networkWorkloadSchema),
  flows: z
    .array(networkFlowSchema)
    .describe('What both sides allow, between different workloads.'),
  leftOut: z.number().int().describe('Workloads beyond the first 100.'),
});

/** The network of one environment. @public */
export type EnvironmentNetwork = z.infer<typeof environmentNetworkSchema>;

/** Who may reach whom, by environment; `partial` says where the policies could not be read. @public */
export const tenantNetworkSchema = z.object({
  environments: z.array(environmentNetworkSchema),
  partial: z.array(partialDataSchema),
});

/** Answer of `GET /v1/tenants/:tenant/network`. @public */
export type TenantNetwork = z.infer<typeof tenantNetworkSchema>;
