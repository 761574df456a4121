// SPDX-License-Identifier: Apache-2.0
import type { LogMessage } from '@tenantry/backstage-plugin-tenants-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { layOutLines, openLogs } from '../__testUtils__/openLogs';
import { renderTenants } from '../__testUtils__/renderTenants';
import { logFixture, logLinesFixture } from '../testing/logFixture';
import { createScenario } from '../testing/Scenario';

beforeAll(layOutLines);

function scrollTo(top: number) {
  act(() => {
    screen.getByRole('log').scrollTop = top;
  });
}

describe('LogsTab', () => {
  it('asks for what the address says and follows', async () => {
    const api = openLogs('?env=prod&module=airflow&pod=airflow-worker-1');
    await screen.findByText('Following', { selector: 'b' });
    expect(api.logSelections[0]).toMatchObject({
      environment: 'prod',
      module: 'airflow',
      pod: 'airflow-worker-1',
      follow: true,
    });
  });

  it('does not follow a log from before the crash', async () => {
    const api = openLogs('?pod=airflow-worker-1&previous=1');
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
    openLogs('', { logs: logFixture(5_000) });
    expect(await screen.findByText('5,001 lines held')).toBeInTheDocument();
    expect(screen.getAllByTestId('log-line').length).toBeLessThan(300);
  });

  it('lets choose less when more is asked for than is read at once', async () => {
    const message = '23 containers match. Narrow it down.';
    openLogs('', { logsRefusal: { status: 400, message } });
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
    expect(
      screen.getByRole('button', { name: /All environments/ }),
    ).toBeInTheDocument();
  });

  it('says which right is missing when logs are answered as if there were no tenant', async () => {
    const message = 'There is no tenant analytics-core.';
    openLogs('', { logsRefusal: { status: 404, message } });
    expect(await screen.findByText('tenants.logs.read')).toBeInTheDocument();
  });

  it('shows an ended container between the lines and leads to the log before', async () => {
    const api = openLogs();
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
    const api = openLogs();
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
    openLogs();
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
    openLogs('?q=MemoryError');
    expect(await screen.findByText('0 of 20')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
    expect(screen.getByText('1 of 20')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Previous match' }),
    );
    expect(screen.getByText('20 of 20')).toBeInTheDocument();
  });

  it('names the pods with the part that differs and says how many lines they wrote', async () => {
    openLogs();
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
    openLogs();
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
    openLogs('?q=MemoryError&mode=filter');
    const gaps = await screen.findAllByRole('button', { name: '… 5 lines' });
    expect(screen.queryByText(/Task started/)).not.toBeInTheDocument();
    await userEvent.click(gaps[gaps.length - 1]);
    expect(await screen.findByText(/Task started/)).toBeInTheDocument();
  });

  it('says what is wrong with a pattern and keeps what was found', async () => {
    openLogs('?q=MemoryError');
    await screen.findByText('0 of 20');
    const field = screen.getByRole('searchbox');
    await userEvent.clear(field);
    await userEvent.type(field, '/a(/');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Not a pattern: a\(/,
    );
  });

  it('shows only errors when that is asked', async () => {
    openLogs('?level=error');
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
    openLogs('?env=prod');
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
    const api = openLogs(`?line=${line}`);
    await waitFor(() =>
      expect(
        screen.getByRole('log').querySelector('[data-current="true"]'),
      ).toHaveTextContent('Worker memory'),
    );
    expect(api.logSelections[0]).toMatchObject({ around: line, follow: false });
  });

  it('says that the line of a link is gone', async () => {
    openLogs('?line=source000000~2026-11-21T10:00:00Z~0', {
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
    const api = openLogs('', { logs: [...logFixture(10), slowed] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Skip to the newest' }),
    );
    await waitFor(() => expect(api.logSelections).toHaveLength(2));
    expect(api.logSelections[1]).not.toHaveProperty('after');
  });

  it('says that nothing fits the selection', async () => {
    openLogs('?module=nonsense');
    expect(await screen.findByText('No pods match.')).toBeInTheDocument();
  });

  it('says which right is missing', async () => {
    openLogs('', { logs: [{ type: 'end', reason: 'forbidden', message: '' }] });
    expect(
      await screen.findByText('You may not read the logs of analytics-core.'),
    ).toBeInTheDocument();
    expect(screen.getByText('tenants.logs.read')).toBeInTheDocument();
  });

  it('says that it waits for the first line', async () => {
    openLogs('', { logs: logFixture(0).slice(0, 3) });
    expect(
      await screen.findByText(/^Connected. No line yet since .* UTC\.$/),
    ).toBeInTheDocument();
  });

  it('says what failed and opens again on demand', async () => {
    const scenario = createScenario('many');
    const api = new FakeTenantsApi(scenario);
    let failing = true;
    const openNow = api.openLogs.bind(api);
    api.openLogs = (...args) => {
      if (!failing) return openNow(...args);
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
