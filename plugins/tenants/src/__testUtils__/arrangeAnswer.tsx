// SPDX-License-Identifier: Apache-2.0
import { act, render, screen } from '@testing-library/react';
import type { Answer } from '../live/useAnswer';
import { FakeEnvironment } from '../testing/FakeEnvironment';

/** What a hook under test is given. */
export type Asking<P> = {
  readonly ask: () => Promise<number>;
  readonly environment: FakeEnvironment;
  readonly told: P;
};

/**
 * Shows what a hook that asks again knows: how often it has asked. Goes on when that was once.
 *
 * @param useAnswers - calls the hook with what it is given.
 * @param told - what it is told at first.
 */
export async function arrangeAnswer<P>(
  useAnswers: (asking: Asking<P>) => Answer<number>,
  told: P,
) {
  const environment = new FakeEnvironment();
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return asked;
  };
  function Shown(asking: Asking<P>) {
    const { value } = useAnswers(asking);
    return <p>{value ?? 'nothing'}</p>;
  }
  const shown = (now: P) => (
    <Shown ask={ask} environment={environment} told={now} />
  );
  const { rerender, unmount } = render(shown(told));
  await screen.findByText('1');
  return {
    unmount,
    /** Tells it something else. */
    tell: async (now: P) => {
      rerender(shown(now));
      await act(async () => environment.pass(0));
    },
    pass: (ms: number) => act(async () => environment.pass(ms)),
    show: (visible: boolean) =>
      act(async () => environment.setVisible(visible)),
  };
}
