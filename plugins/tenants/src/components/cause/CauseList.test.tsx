// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { causeFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { rootRouteRef } from '../../routes';
import { CauseList } from './CauseList';

function show(element: JSX.Element) {
  return renderInTestApp(element, {
    mountedRoutes: { '/tenants': rootRouteRef },
  });
}

describe('CauseList', () => {
  it.each([
    ['ImagePullBackOff', 'w-0 cannot pull its image'],
    ['CrashLoopBackOff', 'w-0 keeps crashing'],
    ['Unschedulable', 'w-0 waits for a node'],
    [
      'CreateContainerConfigError',
      'w-0 cannot start: its configuration is missing',
    ],
    ['ProgressDeadlineExceeded', 'w-0: ProgressDeadlineExceeded'],
  ])('says %s in words', async (reason, title) => {
    show(
      <CauseList tenant="a" causes={[causeFixture({ pod: 'w-0', reason })]} />,
    );
    expect(
      await screen.findByRole('heading', { name: title }),
    ).toBeInTheDocument();
  });

  it.each([
    [{}, 'w-0 keeps running out of memory', 'OOMKilled since'],
    [
      { ended: { times: 14, reason: 'OOMKilled' } },
      'w-0 keeps running out of memory',
      'OOMKilled 14 times since',
    ],
    [
      { ended: { times: 1, reason: 'OOMKilled' } },
      'w-0 ran out of memory',
      'OOMKilled since',
    ],
    [
      { ended: { times: 3 } },
      'w-0 keeps running out of memory',
      'OOMKilled, ended 3 times since',
    ],
    [
      {
        reason: 'CrashLoopBackOff',
        ended: { times: 5, reason: 'OOMKilled' },
      },
      'w-0 keeps running out of memory',
      'OOMKilled 5 times since',
    ],
    [
      { reason: 'CrashLoopBackOff', ended: { times: 5, reason: 'Error' } },
      'w-0 keeps crashing',
      'Error 5 times since',
    ],
    [
      { reason: 'CrashLoopBackOff', ended: { times: 5 } },
      'w-0 keeps crashing',
      'CrashLoopBackOff, ended 5 times since',
    ],
  ])('says how often, where that is known: %j', async (facts, title, story) => {
    const since = new Date(Date.now() - 42 * 60_000).toISOString();
    const cause = causeFixture({ pod: 'w-0', since, ...facts });
    show(<CauseList tenant="a" causes={[cause]} />);
    const card = await screen.findByRole('region', { name: title });
    expect(card).toHaveTextContent(
      `${story} ${since.slice(11, 19)} UTC (42 min) in prod on eu-west.`,
    );
  });

  it.each([
    [170_000, 'Next start in about 3 min.'],
    [33_000, 'Next start in about 40 s.'],
    [0, ''],
    [-60_000, ''],
  ])(
    'says about when the next start is, while that is to come: %s',
    async (ms, text) => {
      const nextStartAt = new Date(Date.now() + ms).toISOString();
      show(<CauseList tenant="a" causes={[causeFixture({ nextStartAt })]} />);
      const card = await screen.findByTestId('cause-card');
      expect(/Next start[^.]*\.|$/.exec(card.textContent ?? '')?.[0]).toBe(
        text,
      );
    },
  );

  it('names the causes after the first in one line each, which opens and takes the focus', async () => {
    const causes = ['a', 'b', 'c'].map(pod => causeFixture({ pod }));
    show(<CauseList tenant="a" causes={causes} />);
    const more = await screen.findByRole('region', { name: '2 more causes' });
    expect(screen.getAllByTestId('cause-card')).toHaveLength(1);
    expect(within(more).getAllByRole('listitem')).toHaveLength(2);
    const line = within(more).getByRole('button', { name: /^c keeps/ });
    await userEvent.click(line);
    const cards = screen.getAllByTestId('cause-card');
    expect(cards.map(card => card.textContent?.slice(0, 7))).toEqual([
      'a keeps',
      'c keeps',
    ]);
    expect(document.activeElement).toContainElement(cards[1]);
    expect(
      screen.getByRole('region', { name: '1 more cause' }),
    ).toBeInTheDocument();
  });
});
