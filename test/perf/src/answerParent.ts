// SPDX-License-Identifier: Apache-2.0
import { resourceUse } from './resourceUse';

/** What a child can be asked. Inputs and answers travel as JSON. */
export type Handlers = Record<string, (input: never) => unknown>;

export type Question = {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
};
export type Answer = {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
};

/** Adds to the handlers what can be asked of every child: the CPU time and memory it has used. */
export function answerParent<H extends Handlers>(
  handlers: H,
): H & typeof resourceUse {
  const all = { ...handlers, ...resourceUse };
  process.on('message', async ({ id, name, input }: Question) => {
    process.send?.(
      await answer(id, () => Reflect.apply(all[name], all, [input])),
    );
  });
  process.once('disconnect', () => process.exit());
  return all;
}

async function answer(id: number, run: () => unknown): Promise<Answer> {
  try {
    return { id, value: await run() };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : 'failed' };
  }
}
