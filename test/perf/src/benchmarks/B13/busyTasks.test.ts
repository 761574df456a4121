// SPDX-License-Identifier: Apache-2.0
import { taskTimesOf } from './busyTasks';

const task = { name: 'RunTask', ph: 'X', pid: 1, tid: 2 };
const name = (tid: number, threadName: string) => ({
  name: 'thread_name',
  ph: 'M',
  pid: 1,
  tid,
  args: { name: threadName },
});

it('takes what the page’s main thread itself worked, not what it waited for', () => {
  const traceEvents = [
    name(2, 'CrRendererMain'),
    name(3, 'Compositor'),
    { ...task, dur: 90_000, tdur: 70_500 },
    // Long on the wall, because others worked.
    { ...task, dur: 90_000, tdur: 20_000 },
    { ...task, tid: 3, tdur: 80_000 },
    { ...task, name: 'ThreadControllerImpl::RunTask', tdur: 71_000 },
    { ...task, name: 'FunctionCall', tdur: 70_400 },
    { ...task, ph: 'I', tdur: 60_000 },
  ];
  expect(taskTimesOf(JSON.stringify({ traceEvents }))).toEqual([70.5, 20]);
});
