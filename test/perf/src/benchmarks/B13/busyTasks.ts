// SPDX-License-Identifier: Apache-2.0
import type { Browser, Page } from 'playwright-core';

const CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline'];

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

function mainThreads(events: readonly TraceEvent[]): ReadonlySet<string> {
  return new Set(
    events
      .filter(
        e => e.name === 'thread_name' && e.args?.name === 'CrRendererMain',
      )
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
}

/** CPU time of each task of a page's main thread, in milliseconds, from a trace of Chromium. */
export function taskTimesOf(trace: string): readonly number[] {
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } =
    JSON.parse(trace);
  const threads = mainThreads(traceEvents);
  return (
    traceEvents
      // Around each stands a `ThreadControllerImpl::RunTask`, which is the same once more.
      .filter(({ name, ph }) => ph === 'X' && name === 'RunTask')
      .filter(({ pid, tid }) => threads.has(`${pid}/${tid}`))
      .map(({ tdur = 0 }) => tdur / 1000)
  );
}

/**
 * Runs something and says what each task of the page took by the clock of its own thread: what one takes by the clock on the wall
 * says on a busy machine how busy it is.
 */
export async function watchTasks(
  browser: Browser,
  page: Page,
  watch: () => Promise<void>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await watch();
  return taskTimesOf((await browser.stopTracing()).toString());
}
