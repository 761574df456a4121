// SPDX-License-Identifier: Apache-2.0
import { judge } from '../FaultCase';
import { cases } from '.';

const fast = cases.filter(fault => fault.fast);

it.each(fast.map(fault => [fault.id, fault.title, fault] as const))(
  'survives %s: %s',
  async (_id, _title, fault) => {
    const outcome = await fault.run(fault.seed);
    expect(outcome.divergences).toEqual([]);
    expect(judge(fault, outcome)).toMatchObject({ survived: true });
  },
  60_000,
);
