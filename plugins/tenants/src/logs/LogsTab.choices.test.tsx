// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { layOutLines, openLogs } from '../__testUtils__/openLogs';
import { logFixture, logLinesFixture } from '../testing/logFixture';

beforeAll(layOutLines);

describe('the choices of the log view', () => {
  it('offers the log from before the crash among the ranges, and leads back to now', async () => {
    const api = openLogs('?since=900');
    await userEvent.click(
      await screen.findByRole('button', { name: /^Last 15 min/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Before the last crash' }),
    );
    await waitFor(() =>
      expect(api.logSelections.at(-1)).toMatchObject({ previous: true }),
    );
    expect(api.logSelections.at(-1)).not.toHaveProperty('sinceSeconds');
    await userEvent.click(
      await screen.findByRole('button', { name: /^Before the last crash/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Latest lines' }),
    );
    await waitFor(() =>
      expect(api.logSelections.at(-1)).toMatchObject({
        previous: false,
        follow: true,
      }),
    );
  });

  it('writes times in UTC or in the zone of the reader, and wraps on demand', async () => {
    openLogs();
    await screen.findByText('121 lines held');
    await userEvent.click(screen.getByRole('button', { name: 'Wrap lines' }));
    await userEvent.click(screen.getByRole('button', { name: 'Times: UTC' }));
    await userEvent.click(
      await screen.findByRole('menuitemradio', { name: 'Local' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Times: Local' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('log').querySelector('[data-wrap="true"]'),
    ).not.toBeNull();
  });

  it('shows all keys, and lets letters be switched off', async () => {
    openLogs();
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

  it('folds what repeats, and lets that be switched off', async () => {
    const same = ['a', 'a', 'a'].map((text, i): [string, string] => [
      `2026-11-21T14:31:0${i}Z`,
      text,
    ]);
    openLogs('', {
      logs: [...logFixture(0).slice(0, 1), logLinesFixture(0, same)],
    });
    expect(
      await screen.findByRole('button', { name: 'came 3 times' }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Fold stacks and repeats' }),
    );
    await waitFor(() =>
      expect(screen.getAllByTestId('log-line')).toHaveLength(3),
    );
  });
});
