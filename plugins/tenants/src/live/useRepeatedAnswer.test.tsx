// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { arrangeAnswer } from '../__testUtils__/arrangeAnswer';
import { useRepeatedAnswer } from './useRepeatedAnswer';

const arrange = () =>
  arrangeAnswer(
    ({ ask, environment }) =>
      useRepeatedAnswer(ask, 'key', { everyMs: 15_000, environment }),
    undefined,
  );

it('asks again when it is time, and not before', async () => {
  const { pass } = await arrange();
  await pass(14_999);
  expect(screen.getByText('1')).toBeInTheDocument();
  await pass(1);
  expect(screen.getByText('2')).toBeInTheDocument();
  await pass(15_000);
  expect(screen.getByText('3')).toBeInTheDocument();
});

it('asks nothing while hidden, and at once when shown after the time', async () => {
  const { pass, show } = await arrange();
  await show(false);
  await pass(60_000);
  expect(screen.getByText('1')).toBeInTheDocument();
  await show(true);
  await pass(0);
  expect(screen.getByText('2')).toBeInTheDocument();
});

it('waits for the rest of the time when it was hidden for a moment', async () => {
  const { pass, show } = await arrange();
  await pass(5_000);
  await show(false);
  await show(true);
  await pass(9_000);
  expect(screen.getByText('1')).toBeInTheDocument();
  await pass(1_000);
  expect(screen.getByText('2')).toBeInTheDocument();
});
