// SPDX-License-Identifier: Apache-2.0
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- this page is bundled for a browser
import '@backstage/ui/css/styles.css';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import type {
  LogMessage,
  LogSelection,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { createRoot } from 'react-dom/client';
import { useState } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { tenantsApiRef } from '../../../../../../plugins/tenants/src/api';
import { browserEnvironment } from '../../../../../../plugins/tenants/src/live/LiveEnvironment';
import { LogSession } from '../../../../../../plugins/tenants/src/logs/LogSession';
import { LogView } from '../../../../../../plugins/tenants/src/logs/LogView';
import { useLogStatus } from '../../../../../../plugins/tenants/src/logs/useLogSnapshot';
import { WorkerLogWork } from '../../../../../../plugins/tenants/src/logs/work/WorkerLogWork';
import { classes } from '../../../../../../plugins/tenants/src/styles';
import { lineText, pour, timeFrames, until } from './Bench';

const START = Date.parse('2026-11-21T00:00:00.000Z');
const BATCH = 2_000;
const PODS = 3;

const pending: LogMessage[] = [];
let wake = () => {};

function untilWoken(): Promise<void> {
  return new Promise(resolve => {
    wake = resolve;
  });
}

function push(message: LogMessage): void {
  pending.push(message);
  wake();
}

function linesMessage(from: number, count: number): LogMessage {
  const lines = Array.from({ length: count }, (_unused, i) => {
    const at = new Date(START + (from + i) * 10).toISOString();
    return `${at} ${lineText(from + i)}`;
  });
  const text = lines.join('\n');
  const source = Math.floor(from / BATCH) % PODS;
  return { type: 'event', event: { type: 'lines', source, text } };
}

const api = {
  async *openLogs(): AsyncGenerator<LogMessage> {
    for (let id = 0; id < PODS; id++) {
      const source = {
        id,
        cluster: 'eu-west',
        environment: 'prod',
        namespace: 'shop-prod',
        module: 'shop',
        pod: `shop-web-${id}`,
        container: 'main',
      };
      yield { type: 'event', event: { type: 'source', source } };
    }
    for (;;) {
      yield* pending.splice(0);
      await untilWoken();
    }
  },
};

const session = new LogSession({
  api,
  env: browserEnvironment,
  tenant: 'shop',
  selection: { follow: true },
  frame: task => {
    const id = requestAnimationFrame(task);
    return () => cancelAnimationFrame(id);
  },
  work: new WorkerLogWork({
    open: () => new Worker('worker.js'),
    schedule(ms, task) {
      const handle = setTimeout(task, ms);
      return () => clearTimeout(handle);
    },
  }),
});
void session.run(new AbortController().signal);

const selection: LogSelection = { follow: true };
const options = { environments: [], modules: [], pods: [], containers: [] };
const unmasking = { isAllowed: false, isOn: false, set: () => {} };
let setQuery: (text: string) => void = () => {};

function Page() {
  const [text, setText] = useState('');
  setQuery = setText;
  const status = useLogStatus(session);
  return (
    <LogView
      session={session}
      status={status}
      tenant={tenantFixture()}
      selection={selection}
      options={options}
      query={new URLSearchParams(text)}
      onChange={() => {}}
      onRestart={() => {}}
      unmasking={unmasking}
    />
  );
}

const root = document.createElement('div');
root.className = `${classes.page} ${classes.fill}`;
document.body.append(root);
createRoot(root).render(
  <TestApiProvider
    apis={[
      [tenantsApiRef, api as never],
      mockApis.translation(),
      mockApis.storage(),
      mockApis.error(),
    ]}
  >
    <MemoryRouter>
      <Page />
    </MemoryRouter>
  </TestApiProvider>,
);

function rowNodes(): number {
  return document.querySelectorAll('[data-place]').length;
}

function held(): number {
  const { firstKey, endKey } = session.read();
  return endKey - firstKey;
}

window.bench = {
  async load(lines) {
    const start = performance.now();
    let first = 0;
    for (let from = 0; from < lines; from += BATCH) {
      push(linesMessage(from, Math.min(BATCH, lines - from)));
      await new Promise(resolve => setTimeout(resolve));
      if (first === 0 && held() >= 100 && rowNodes() > 0) {
        first = performance.now() - start;
      }
    }
    await until(() => held() >= lines);
    return first || performance.now() - start;
  },
  append: (rate, seconds) =>
    timeFrames(() =>
      pour(rate, seconds, (from, count) => {
        push(linesMessage(10_000_000 + from, count));
      }),
    ),
  search: text =>
    timeFrames(async () => {
      setQuery(new URLSearchParams({ q: text }).toString());
      const status = () =>
        [...document.querySelectorAll('[role="status"]')].map(
          element => element.textContent ?? '',
        );
      let last = '';
      let still = 0;
      await until(() => {
        const now = status().join();
        still = now === last && / of [1-9]/.test(now) ? still + 1 : 0;
        last = now;
        return still > 30;
      });
    }),
  rowNodes,
};
