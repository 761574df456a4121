// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { LOG_PROFILES } from '../logs/LogProfile';
import { isLoadText } from '../metrics/Load';
import { behaviourSchema as behaviour } from './behaviourSchema';
import { parseDuration } from './duration';

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const name = z
  .string()
  .max(63)
  .regex(
    NAME,
    'is not a Kubernetes name (lower case letters, digits and dashes)',
  );
const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a duration such as 40s, 5m or 1h`,
  });
  return z.NEVER;
});
const texts = z.record(z.string(), z.string());
const seconds = z.number().positive();
const podCount = z.number().int().positive();

const resources = z.strictObject({
  requests: texts.optional(),
  limits: texts.optional(),
});

const loadText = z
  .string()
  .refine(isLoadText, 'is neither a percentage nor a quantity');
const load = z.strictObject({
  cpu: loadText.optional(),
  memory: loadText.optional(),
});

const workload = z.strictObject({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']),
  name,
  /** The module it belongs to; its own name when left out. */
  module: name.optional(),
  release: z.string().min(1),
  /** Without tag: the release is the tag. */
  image: z.string().min(1),
  replicas: z.number().int().min(0).max(1_000).default(1),
  behaviour: behaviour.default({ type: 'healthy' }),
  logs: z
    .strictObject({
      profile: z.enum(LOG_PROFILES),
      perMinute: z.number().positive().max(60_000),
    })
    .optional(),
  resources: resources.optional(),
  /** What its pods use: `70%` of each pod’s request, or `1200m` shared by all. */
  load: load.optional(),
  labels: texts.default({}),
  service: z
    .strictObject({
      port: z.number().int().min(1).max(65_535),
      selector: texts.optional(),
    })
    .optional(),
  /** An Ingress that leads to its service. */
  ingress: z
    .strictObject({ host: name, path: z.string().startsWith('/').default('/') })
    .optional(),
  hpa: z.strictObject({ min: podCount, max: podCount }).optional(),
  volume: z
    .strictObject({ size: z.string(), storageClass: z.string().optional() })
    .optional(),
  /** For a CronJob. */
  schedule: z.string().optional(),
  /** For a Job or CronJob: how long a pod runs, and how many may fail. */
  runSeconds: seconds.optional(),
  backoffLimit: z.number().int().min(0).optional(),
  progressDeadlineSeconds: z.number().int().positive().optional(),
  /** A later release, that came `ago`. */
  upgrade: z
    .strictObject({
      ago: duration,
      release: z.string(),
      behaviour: behaviour.optional(),
    })
    .optional(),
});

const subject = {
  users: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
};

const gitops = {
  name,
  suspend: z.boolean().default(false),
  behaviour: behaviour.default({ type: 'healthy' }),
};

const namespace = z.strictObject({
  name,
  labels: texts.default({}),
  annotations: texts.default({}),
  /** Hard limits of a ResourceQuota. */
  quota: texts.optional(),
  limitRange: z
    .strictObject({ defaultRequest: texts, default: texts })
    .optional(),
  /** Deletes the namespace `ago`; a finalizer that nobody removes holds it. */
  finalizerHold: z
    .strictObject({ finalizer: z.string(), ago: duration })
    .optional(),
  workloads: z.array(workload).default([]),
  /** What Flux and Argo CD deploy; the definitions of their kinds come with the first of them. */
  helmReleases: z
    .array(
      z.strictObject({ ...gitops, chart: z.string(), version: z.string() }),
    )
    .default([]),
  kustomizations: z
    .array(
      z.strictObject({
        ...gitops,
        path: z.string().default('./'),
        revision: z.string().default('main@sha1:0000000'),
      }),
    )
    .default([]),
  applications: z
    .array(
      z.strictObject({
        ...gitops,
        repository: z.string(),
        revision: z.string().default('0000000'),
      }),
    )
    .default([]),
  roleBindings: z.array(z.strictObject({ role: name, ...subject })).default([]),
});

const when = {
  at: duration.optional(),
  every: duration.optional(),
  after: duration.optional(),
};
const target = { namespace: name, workload: name };
const release = z.union([
  z.string().transform(text => ({ release: text, behaviour: undefined })),
  z.strictObject({ release: z.string(), behaviour: behaviour.optional() }),
]);

const entry = z
  .discriminatedUnion('do', [
    z.strictObject({
      ...when,
      ...target,
      do: z.literal('setBehaviour'),
      behaviours: z.array(behaviour).min(1),
    }),
    z.strictObject({
      ...when,
      ...target,
      do: z.literal('deploy'),
      releases: z.array(release).min(1),
    }),
    z.strictObject({
      ...when,
      ...target,
      do: z.literal('scale'),
      replicas: z.array(z.number().int().min(0)).min(1),
    }),
    z.strictObject({
      ...when,
      ...target,
      do: z.literal('setLoad'),
      loads: z.array(load).min(1),
    }),
    z.strictObject({ ...when, ...target, do: z.literal('restart') }),
    z.strictObject({ ...when, ...target, do: z.literal('delete') }),
    z.strictObject({ ...when, ...target, do: z.literal('deletePod') }),
    z.strictObject({
      ...when,
      ...target,
      do: z.literal('evict'),
      resource: z.enum(['memory', 'ephemeral-storage']).default('memory'),
    }),
  ])
  .refine(
    ({ at, every }) => (at === undefined) !== (every === undefined),
    'needs exactly one of "at" and "every"',
  );

const storageClass = z.strictObject({
  name,
  bindingMode: z
    .enum(['Immediate', 'WaitForFirstConsumer'])
    .default('WaitForFirstConsumer'),
  provisioner: z.string().default('ebs.csi.aws.com'),
  reclaimPolicy: z.enum(['Delete', 'Retain']).default('Delete'),
  default: z.boolean().default(false),
});

export const scenarioSchema = z.strictObject({
  clusterName: name,
  startedAgo: duration.prefault('1h'),
  nodes: z
    .array(
      z.strictObject({
        name,
        cpu: z.string().default('8'),
        memory: z.string().default('32Gi'),
      }),
    )
    .min(1)
    .max(200)
    .default([{ name: 'node-1', cpu: '8', memory: '32Gi' }]),
  /** A claim of a class that is not among them is never bound. */
  storageClasses: z
    .array(storageClass)
    .default(
      ['gp3', 'standard'].map((className, at) =>
        storageClass.parse({ name: className, default: at === 0 }),
      ),
    ),
  namespaces: z.array(namespace).default([]),
  timeline: z.array(entry).default([]),
});

/** A cluster and its story, as read from YAML. Durations are milliseconds. @public */
export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioNamespace = Scenario['namespaces'][number];
export type ScenarioWorkload = ScenarioNamespace['workloads'][number];
export type TimelineEntry = Scenario['timeline'][number];
