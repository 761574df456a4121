// SPDX-License-Identifier: Apache-2.0
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Upper bounds of the latency buckets, in seconds: the goals are 0.1 at the 95th and 0.5 at the 99th percentile. */
const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** The same for operations: from one effect to a slow roll-out. */
const RUN_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 900];

const OF_KIND = ['cluster', 'kind'] as const;
const OF_SUBSCRIPTION = ['subscription'] as const;

/**
 * Every instrument of the plugin, declared once, in a registry of its own. Attributes are bounded: clusters and kinds of the
 * configuration, routes, classes of status, kinds of subscription, health codes. Never a user, a tenant or a namespace.
 */
export function createInstruments() {
  const registry = new Registry();
  const registers = [registry];
  const counter: MakeCounter = (name, help, labelNames) =>
    new Counter({ name, help, labelNames, registers });
  const gauge: MakeGauge = (name, help, labelNames) =>
    new Gauge({ name, help, labelNames, registers });
  return {
    registry,
    ...informerInstruments(counter, gauge),
    ...servingInstruments(counter, gauge),
    operations: gauge(
      'tenants_operations',
      'Operations that have not ended, by state; of all replicas.',
      ['state'],
    ),
    operationSeconds: new Histogram({
      name: 'tenants_operation_run_seconds',
      help: 'Time one worker spent on an operation until it ended, waited or was given back, in seconds.',
      labelNames: ['type', 'how'] as const,
      buckets: RUN_BUCKETS,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'tenants_request_seconds',
      help: 'Time until a request was answered in full, in seconds. Answers that stay open are not in it.',
      labelNames: ['route'] as const,
      buckets: LATENCY_BUCKETS,
      registers,
    }),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;

type MakeCounter = <L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
) => Counter<L>;

type MakeGauge = <L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
) => Gauge<L>;

function informerInstruments(counter: MakeCounter, gauge: MakeGauge) {
  return {
    objects: gauge(
      'tenants_informer_objects',
      'Objects in the cache.',
      OF_KIND,
    ),
    silence: gauge(
      'tenants_informer_silence_seconds',
      'Time since the API server last said anything of this kind, in seconds; a bookmark comes about every minute. Absent when it never has.',
      OF_KIND,
    ),
    events: counter(
      'tenants_informer_events_total',
      'Changes that the watch told.',
      OF_KIND,
    ),
    relists: counter(
      'tenants_informer_relists_total',
      'Whole states taken in.',
      OF_KIND,
    ),
    unreadable: counter(
      'tenants_informer_unreadable_total',
      'Events or items that could not be parsed.',
      OF_KIND,
    ),
    disconnects: counter(
      'tenants_informer_disconnects_total',
      'Connections that ended, as agreed or not; each is made anew.',
      OF_KIND,
    ),
    synced: gauge(
      'tenants_cluster_synced',
      '1 while everything watched of the cluster is connected, else 0.',
      ['cluster'],
    ),
  };
}

function servingInstruments(counter: MakeCounter, gauge: MakeGauge) {
  return {
    tenants: gauge('tenants_tenants', 'Tenants at each health code.', ['code']),
    versions: counter(
      'tenants_snapshot_versions_total',
      'Versions of tenants that were built.',
      [],
    ),
    derivations: counter(
      'tenants_snapshot_derivations_total',
      'Times a tenant was derived; most bring no new version.',
      [],
    ),
    derivationFailures: counter(
      'tenants_snapshot_derivation_failures_total',
      'Derivations that failed; the tenant keeps its last version.',
      [],
    ),
    subscribers: gauge(
      'tenants_stream_subscribers',
      'Subscriptions that are open.',
      OF_SUBSCRIPTION,
    ),
    messages: counter(
      'tenants_stream_messages_total',
      'Values and patches handed to streams; not heartbeats.',
      ['subscription', 'type'],
    ),
    resyncs: counter(
      'tenants_stream_resyncs_total',
      'Snapshots sent because a slow reader’s waiting messages were dropped.',
      OF_SUBSCRIPTION,
    ),
    resumes: counter(
      'tenants_stream_resumes_total',
      'Subscriptions opened with a cursor, by what they got: the missed patches or a snapshot.',
      ['subscription', 'got'],
    ),
    requests: counter(
      'tenants_requests_total',
      'Requests whose answer has ended.',
      ['route', 'status'],
    ),
  };
}
