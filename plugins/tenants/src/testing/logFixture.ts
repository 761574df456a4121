// SPDX-License-Identifier: Apache-2.0
import type {
  LogMessage,
  LogSource,
} from '@tenantry/backstage-plugin-tenants-common';

const PODS = ['airflow-worker-0', 'airflow-worker-1', 'airflow-web-0'];

const TEXTS = [
  'INFO Task started: churn_score.train [attempt 1]',
  'DEBUG Scheduler heartbeat 0.41 s, 121 task instances examined',
  '10.42.3.17 "GET /api/v1/dags/daily_revenue/dagRuns?limit=25 HTTP/1.1" 200 18422 41 ms',
  'WARN Worker memory 1.93 GiB of 2.00 GiB (96 %), garbage collection did not help',
  '\u001b[32mINFO\u001b[0m Task succeeded: daily_revenue.extract_orders in 12.6 s',
  'ERROR MemoryError: cannot allocate 268435456 bytes in build_features.py:88',
];

/** A container of the fixture's log. */
export function logSourceFixture(
  id: number,
  overrides: Partial<LogSource> = {},
): LogSource {
  return {
    id,
    cluster: 'eu-west',
    environment: 'prod',
    namespace: 'analytics-core-prod',
    module: 'airflow',
    pod: PODS[id % PODS.length],
    container: 'main',
    key: `source${String(id % PODS.length).padStart(6, '0')}`,
    ...overrides,
  };
}

/** Lines of one source, as the wire carries them. */
export function logLinesFixture(
  source: number,
  lines: readonly (readonly [time: string, text: string])[],
): LogMessage {
  const text = lines.map(([time, line]) => `${time} ${line}`).join('\n');
  return { type: 'event', event: { type: 'lines', source, text } };
}

/** A log of three pods, one of which is killed. */
export function logFixture(count = 120): LogMessage[] {
  const start = Date.parse('2026-11-21T14:29:40.000Z');
  const sources = PODS.map(
    (_pod, id): LogMessage => ({
      type: 'event',
      event: { type: 'source', source: logSourceFixture(id) },
    }),
  );
  const lines = Array.from({ length: count }, (_unused, i) => {
    const time = new Date(start + i * 1_037).toISOString();
    return logLinesFixture(i % PODS.length, [[time, TEXTS[i % TEXTS.length]]]);
  });
  return [
    ...sources,
    ...lines,
    {
      type: 'event',
      event: {
        type: 'sourceEnded',
        source: 1,
        reason: 'Ended',
        message: 'The log of container main in pod airflow-worker-1 has ended.',
      },
    },
  ];
}
