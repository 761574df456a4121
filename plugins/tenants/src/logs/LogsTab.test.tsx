// SPDX-License-Identifier: Apache-2.0
import type { LogMessage } from '@tenantry/backstage-plugin-tenants-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { logFixture, logLinesFixture } from '../testing/logFixture';
import { renderTenants } from '../__testUtils__/renderTenants';
import { createScenario, type Scenario } from '../testing/Scenario';

const VIEW_PX = 400;

// jsdom has no layout; the virtual list needs to know how much is in view.
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    get: () => VIEW_PX,
  });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get: () => VIEW_PX,
  });
  const tops = new WeakMap<HTMLElement, number>();
  Object.defineProperty(HTMLElement.prototype, 'scrollTop', {
    configurable: true,
    get(this: HTMLElement) {
      return tops.get(this) ?? 0;
    },
    set(this: HTMLElement, wanted: number) {
      const top = Math.max(0, Math.min(wanted, this.scrollHeight - VIEW_PX));
      if (top === tops.get(this)) return;
      tops.set(this, top);
      this.dispatchEvent(new Event('scroll'));
    },
  });
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', {
    configurable: true,
    get(this: HTMLElement) {
      const inner = this.firstElementChild;
      return inner instanceof HTMLElement
        ? Number.parseInt(inner.style.height, 10) || VIEW_PX
        : VIEW_PX;
    },
  });
});

function open(query = '', change: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...change });
  renderTenants(`/tenants/t/analytics-core/logs${query}`, api);
  return api;
}

function scrollTo(top: number) {
  act(() => {
    screen.getByRole('log').scrollTop = top;
  });
}

describe('LogsTab', () => {
  it('asks for what the address says and follows', async () => {
    const api = open('?env=prod&module=airflow&pod=airflow-worker-1');
    await screen.findByText('Following', { selector: 'b' });
    expect(api.logSelections[0]).toMatchObject({
      environment: 'prod',
      module: 'airflow',
      pod: 'airflow-worker-1',
      follow: true,
    });
  });

  it('does not follow a log from before the crash', async () => {
    const api = open('?pod=airflow-worker-1&previous=1');
    expect(
      await screen.findByText(/The container ended. Last: OOMKilled, exit 137/),
    ).toBeInTheDocument();
    expect(api.logSelections[0]).toMatchObject({
      previous: true,
      follow: false,
    });
    expect(
      screen.queryByRole('button', { name: 'Following' }),
    ).not.toBeInTheDocument();
  });

  it('draws only the lines in view, however many there are', async () => {
    open('', { logs: logFixture(5_000) });
    expect(await screen.findByText('5,001 lines held')).toBeInTheDocument();
    expect(screen.getAllByTestId('log-line').length).toBeLessThan(300);
  });

  it('lets choose less when more is asked for than is read at once', async () => {
    const message = '23 containers match. Narrow it down.';
    open('', { logsRefusal: { status: 400, message } });
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
    expect(
      screen.getByRole('button', { name: /Environment: all/ }),
    ).toBeInTheDocument();
  });

  it('says which right is missing when logs are answered as if there were no tenant', async () => {
    const message = 'There is no tenant analytics-core.';
    open('', { logsRefusal: { status: 404, message } });
    expect(await screen.findByText('tenants.logs.read')).toBeInTheDocument();
  });

  it('shows an ended container between the lines and leads to the log before', async () => {
    const api = open();
    const row = await screen.findByTestId('log-break');
    await waitFor(() =>
      expect(row).toHaveTextContent(
        'airflow-worker-1 · container main ended: OOMKilled, exit code 137',
      ),
    );
    await userEvent.click(
      within(row).getByRole('button', { name: 'Show log before this' }),
    );
    await waitFor(() =>
      expect(api.logSelections.at(-1)).toMatchObject({
        pod: 'airflow-worker-1',
        previous: true,
      }),
    );
  });

  it('holds still when scrolled up and counts what comes', async () => {
    const api = open();
    await screen.findByText('121 lines held');
    scrollTo(200);
    expect(
      await screen.findByRole('button', { name: 'Follow' }),
    ).toBeInTheDocument();
    api.pushLog(
      logLinesFixture(0, [
        ['2026-11-21T15:00:00Z', 'ERROR late'],
        ['2026-11-21T15:00:01Z', 'INFO later'],
      ]),
    );
    const pill = await screen.findByRole('button', {
      name: '2 new lines, 1 error',
    });
    expect(screen.queryByText('INFO later')).not.toBeInTheDocument();
    await userEvent.click(pill);
    expect(await screen.findByText('INFO later')).toBeInTheDocument();
  });

  it('pauses and follows by keyboard', async () => {
    open();
    await screen.findByText('121 lines held');
    screen.getByRole('log').focus();
    await userEvent.keyboard(' ');
    expect(screen.getByText(/^Paused at/)).toBeInTheDocument();
    await userEvent.keyboard('{End}');
    expect(
      screen.getByText('Following', { selector: 'b' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('{Home}');
    expect(screen.getByText(/^Paused at/)).toBeInTheDocument();
  });

  it('marks the hits of a search and goes from one to the next', async () => {
    open('?q=MemoryError');
    expect(await screen.findByText('0 of 20')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
    expect(screen.getByText('1 of 20')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Previous match' }),
    );
    expect(screen.getByText('20 of 20')).toBeInTheDocument();
  });

  it('writes times in UTC or in the zone of the reader, and wraps on demand', async () => {
    open();
    await screen.findByText('121 lines held');
    await userEvent.click(screen.getByRole('switch', { name: 'Wrap lines' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Local' }));
    expect(screen.getByRole('radio', { name: 'Local' })).toBeChecked();
    expect(
      screen.getByRole('log').querySelector('[data-wrap="true"]'),
    ).not.toBeNull();
  });

  it('names the pods with the part that differs and says how many lines they wrote', async () => {
    open();
    const legend = await screen.findByRole('list', { name: 'Pods' });
    await waitFor(() =>
      expect(
        within(legend)
          .getAllByRole('listitem')
          .map(item => item.textContent),
      ).toEqual(['airflow-', 'worker-040', 'worker-140', 'web-040']),
    );
  });

  it('leaves out the lines of a pod, and with Alt shows only one', async () => {
    open();
    const pod = await screen.findByRole('button', { name: /worker-1/ });
    await userEvent.click(pod);
    await waitFor(() => expect(pod).toHaveTextContent('hidden'));
    expect(screen.queryByTitle(/^airflow-worker-1 main/)).toBeNull();
    const user = userEvent.setup();
    await user.keyboard('{Alt>}');
    await user.click(pod);
    await user.keyboard('{/Alt}');
    await waitFor(() =>
      expect(screen.queryByTitle(/^airflow-web-0 main/)).toBeNull(),
    );
    expect(screen.getAllByTitle(/^airflow-worker-1 main/)).not.toHaveLength(0);
  });

  it('shows only what matches, with gaps that open in place', async () => {
    open('?q=MemoryError&mode=filter');
    const gaps = await screen.findAllByRole('button', { name: '… 5 lines' });
    expect(screen.queryByText(/Task started/)).not.toBeInTheDocument();
    await userEvent.click(gaps[gaps.length - 1]);
    expect(await screen.findByText(/Task started/)).toBeInTheDocument();
  });

  it('says what is wrong with a pattern and keeps what was found', async () => {
    open('?q=MemoryError');
    await screen.findByText('0 of 20');
    const field = screen.getByRole('searchbox');
    await userEvent.clear(field);
    await userEvent.type(field, '/a(/');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Not a pattern: a\(/,
    );
  });

  it('shows only errors when that is asked', async () => {
    open('?level=error');
    await screen.findByText('121 lines held');
    expect(screen.getAllByText('ERROR').length).toBeGreaterThan(0);
    expect(screen.queryByText('INFO')).not.toBeInTheDocument();
  });

  it('goes from error to error, and copies a link that leads back to the line', async () => {
    const user = userEvent.setup();
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => copied.push(text) },
    });
    open('?env=prod');
    await screen.findByText('121 lines held');
    await user.keyboard('Ey');
    expect(await screen.findByText('Link copied.')).toBeInTheDocument();
    const link = new URL(copied[0]);
    expect(link.searchParams.get('line')).toMatch(
      /^source\d{6}~2026-11-21T14:31:\d\d\.\d+Z~0$/,
    );
  });

  it('opens a link on its line, standing still', async () => {
    const line = 'source000000~2026-11-21T14:29:43.111Z~0';
    const api = open(`?line=${line}`);
    await waitFor(() =>
      expect(
        screen.getByRole('log').querySelector('[data-current="true"]'),
      ).toHaveTextContent('Worker memory'),
    );
    expect(api.logSelections[0]).toMatchObject({ around: line, follow: false });
  });

  it('says that the line of a link is gone', async () => {
    open('?line=source000000~2026-11-21T10:00:00Z~0', {
      logs: [
        {
          type: 'event',
          event: {
            type: 'position',
            found: false,
            oldest: '2026-11-21T13:04:00Z',
          },
        },
      ],
    });
    expect(
      await screen.findByText(
        'This line is no longer on the node. Logs reach back to 13:04:00 UTC.',
      ),
    ).toBeInTheDocument();
  });

  it('shows all keys, and lets letters be switched off', async () => {
    open();
    await screen.findByText('121 lines held');
    await userEvent.keyboard('?');
    const sheet = await screen.findByRole('dialog');
    expect(sheet).toHaveTextContent('next, previous error');
    await userEvent.click(
      within(sheet).getByRole('switch', { name: 'Single letters are keys' }),
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('skips to the newest of a log that is held back', async () => {
    const slowed: LogMessage = {
      type: 'event',
      event: {
        type: 'slowed',
        slowed: true,
        bytesPerSecond: 1_048_576,
        linesPerSecond: 1_204,
      },
    };
    const api = open('', { logs: [...logFixture(10), slowed] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Skip to the newest' }),
    );
    await waitFor(() => expect(api.logSelections).toHaveLength(2));
    expect(api.logSelections[1]).not.toHaveProperty('after');
  });

  it('folds what repeats, and lets that be switched off', async () => {
    const same = ['a', 'a', 'a'].map((text, i): [string, string] => [
      `2026-11-21T14:31:0${i}Z`,
      text,
    ]);
    open('', {
      logs: [...logFixture(0).slice(0, 1), logLinesFixture(0, same)],
    });
    expect(
      await screen.findByRole('button', { name: 'came 3 times' }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('switch', { name: 'Fold stacks and repeats' }),
    );
    await waitFor(() =>
      expect(screen.getAllByTestId('log-line')).toHaveLength(3),
    );
  });

  it('says that nothing fits the selection', async () => {
    open('?module=nonsense');
    expect(await screen.findByText('No pods match.')).toBeInTheDocument();
  });

  it('says which right is missing', async () => {
    open('', { logs: [{ type: 'end', reason: 'forbidden', message: '' }] });
    expect(
      await screen.findByText('You may not read the logs of analytics-core.'),
    ).toBeInTheDocument();
    expect(screen.getByText('tenants.logs.read')).toBeInTheDocument();
  });

  it('says that it waits for the first line', async () => {
    open('', { logs: logFixture(0).slice(0, 3) });
    expect(
      await screen.findByText(/^Connected. No line yet since .* UTC\.$/),
    ).toBeInTheDocument();
  });

  it('says what failed and opens again on demand', async () => {
    const scenario = createScenario('many');
    const api = new FakeTenantsApi(scenario);
    let failing = true;
    const openLogs = api.openLogs.bind(api);
    api.openLogs = (...args) => {
      if (!failing) return openLogs(...args);
      throw new TypeError('network');
    };
    renderTenants('/tenants/t/analytics-core/logs', api);
    expect(
      await screen.findByText('The logs could not be opened.'),
    ).toBeInTheDocument();
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('log')).toBeInTheDocument();
  });
});
