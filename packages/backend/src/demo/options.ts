// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DemoError } from './DemoError';

/** A cluster of one's own, shown instead of the simulated ones. */
export type RealClusterOptions = {
  /** Absolute path of the kubeconfig file. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly allowWrites: boolean;
};

export type DemoOptions = {
  readonly port: number;
  readonly real: RealClusterOptions | undefined;
};

const DEFAULT_PORT = 7007;
const USAGE =
  'Use: npm start -- [--port N] [--kubeconfig FILE --context NAME [--allow-writes]]';

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        'allow-writes': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [firstSentence] = String(
      error instanceof Error ? error.message : error,
    ).split('. ');
    throw new DemoError(`${firstSentence}. ${USAGE}`);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) {
    throw new DemoError(`--port must be between 1 and 65535, not '${text}'.`);
  }
  return port;
}

/**
 * Reads the demo's options from the command line.
 *
 * @param cwd - what a relative kubeconfig path starts from
 * @throws DemoError when an option is unknown, wrong or lacks its partner
 */
export function parseDemoOptions(
  args: readonly string[],
  cwd: string,
): DemoOptions {
  const flags = readFlags(args);
  const port = readPort(flags.port);
  const { kubeconfig, context, 'allow-writes': allowWrites = false } = flags;
  if (!kubeconfig && !context) {
    if (allowWrites) {
      throw new DemoError('--allow-writes needs --kubeconfig and --context.');
    }
    return { port, real: undefined };
  }
  if (!kubeconfig || !context) {
    throw new DemoError('--kubeconfig and --context must be given together.');
  }
  const file = resolve(cwd, kubeconfig);
  if (!existsSync(file)) {
    throw new DemoError(`The kubeconfig file ${file} does not exist.`);
  }
  return { port, real: { kubeconfig: file, context, allowWrites } };
}
