// SPDX-License-Identifier: Apache-2.0

/** What the programs of a module talk about: paths they serve, and things they do. */
export type Talk = {
  readonly paths: readonly string[];
  readonly doing: readonly string[];
  readonly trouble: readonly string[];
};

const AIRFLOW: Talk = {
  paths: [
    '/health',
    '/api/v1/dags',
    '/api/v1/dags/daily_revenue/dagRuns',
    '/log/dag_id=daily_revenue',
  ],
  doing: [
    'Executor reports execution of daily_revenue.load_facts run_id=scheduled__2026-11-20 exited with status success',
    'Running <TaskInstance: churn_features.join_events scheduled__2026-11-20 [running]> on host airflow-worker-0',
    'Task airflow.executors.celery_executor.execute_command[5f1e2c] received',
    'Heartbeat recovered after 5.21 seconds',
    'Loaded partition ds=2026-11-20: 4,218,733 rows in 38.2s',
  ],
  trouble: [
    'Task churn_features.join_events is close to its memory limit (1.91Gi of 2Gi)',
    'Dependency <dag_run> not met, re-queueing',
  ],
};
const SPARK: Talk = {
  paths: ['/api/v1/applications', '/jobs/', '/metrics/json'],
  doing: [
    'Finished task 41.0 in stage 12.0 (TID 1893) in 812 ms on 10.244.1.37 (executor 3) (42/200)',
    'Added broadcast_18_piece0 in memory on 10.244.2.19:41877 (size: 31.4 KiB, free: 912.1 MiB)',
    'Block rdd_77_13 stored as values in memory (estimated size 18.9 MiB)',
    'Submitting 200 missing tasks from ShuffleMapStage 12',
  ],
  trouble: [
    'Lost task 17.0 in stage 12.0: FetchFailed, will be retried',
    'Spilling in-memory map of 512.0 MiB to disk (3 times so far)',
  ],
};
const CHECKOUT: Talk = {
  paths: [
    '/api/v2/checkout',
    '/api/v2/carts/8c21',
    '/api/v2/payments/authorise',
    '/api/v2/refunds',
    '/healthz',
  ],
  doing: [
    'payment authorised provider=adyen amount=42.90 currency=EUR',
    'cart priced items=3 discounts=1 total=117.35',
    'webhook delivered event=payment.captured attempts=1',
    'idempotency key reused, answered from store',
  ],
  trouble: [
    'provider answered slowly provider=adyen ms=2140',
    'retrying capture after 502 from provider attempt=2',
  ],
};
const SEARCH: Talk = {
  paths: [
    '/search?q=running+shoes',
    '/search?q=usb-c+dock',
    '/suggest?q=wint',
    '/index/products/_refresh',
    '/healthz',
  ],
  doing: [
    'query served hits=1284 took=23ms shards=6/6',
    'merged segment _4f2 docs=182,331 size=211.8mb',
    'refreshed index products-2026.11 in 412ms',
    'suggestions rebuilt terms=48,112',
  ],
  trouble: [
    'slow query took=1840ms source={"query":{"match":{"title":"shoes"}}}',
    'circuit breaker close to limit: 91%',
  ],
};
const STREAM: Talk = {
  paths: ['/v1/ingest', '/v1/devices/44-8a-01/telemetry', '/ready', '/metrics'],
  doing: [
    'committed offsets topic=telemetry partitions=12 lag=318',
    'accepted batch devices=212 readings=6,360 bytes=418,112',
    'rebalanced group=ingest generation=31 assigned=4',
    'wrote parquet s3://lake/telemetry/dt=2026-11-21/part-0031.parquet rows=250,000',
  ],
  trouble: [
    'lag grows topic=telemetry partition=7 lag=18,402',
    'dropped reading: clock of the device is 41 s ahead',
  ],
};
const GENERAL: Talk = {
  paths: [
    '/api/v1/items',
    '/api/v1/items/1182',
    '/api/v1/reports/daily',
    '/healthz',
    '/metrics',
  ],
  doing: [
    'request handled',
    'cache refreshed entries=2,114',
    'job queued kind=report',
    'connection pool: 7 of 20 in use',
  ],
  trouble: [
    'upstream answered slowly ms=1830',
    'cache miss ratio is high: 41%',
  ],
};

const BY_WORD: readonly (readonly [string, Talk])[] = [
  ['airflow', AIRFLOW],
  ['spark', SPARK],
  ['trino', SPARK],
  ['flink', STREAM],
  ['checkout', CHECKOUT],
  ['pay', CHECKOUT],
  ['billing', CHECKOUT],
  ['invoice', CHECKOUT],
  ['search', SEARCH],
  ['index', SEARCH],
  ['suggest', SEARCH],
  ['telemetry', STREAM],
  ['kafka', STREAM],
  ['ingest', STREAM],
];

export function talkOf(module: string): Talk {
  return BY_WORD.find(([word]) => module.includes(word))?.[1] ?? GENERAL;
}
