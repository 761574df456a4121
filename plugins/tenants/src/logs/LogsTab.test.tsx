// SPDX-License-Identifier: Apache-2.0
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
    expect(await screen.findByText('All read.')).toBeInTheDocument();
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
    expect(row).toHaveTextContent(
      'airflow-worker-1 · container main ended: OOMKilled, exit code 137',
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

  it('names the pods with the part that differs', async () => {
    open();
    const legend = await screen.findByRole('list', { name: 'Pods' });
    await waitFor(() =>
      expect(
        within(legend)
          .getAllByRole('listitem')
          .map(item => item.textContent),
      ).toEqual(['airflow-', 'worker-0', 'worker-1', 'web-0']),
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
