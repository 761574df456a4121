// SPDX-License-Identifier: Apache-2.0
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startKubesim } from '../startKubesim';

/** What the command `kubesim` does: starts a cluster and stops it on SIGINT or SIGTERM. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    const sim = await startFrom(args);
    const stop = () => void sim.stop();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    process.stderr.write(
      `kubesim: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

async function startFrom(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8901' },
      host: { type: 'string' },
      scenario: { type: 'string' },
      'kubeconfig-out': { type: 'string' },
      speed: { type: 'string' },
      seed: { type: 'string' },
      tls: { type: 'boolean' },
      'no-anonymous': { type: 'boolean' },
    },
  });
  const sim = await startKubesim({
    port: numberFrom('--port', values.port),
    ...(values.host && { host: values.host }),
    ...(values.tls && { tls: true }),
    ...(values['no-anonymous'] && { anonymous: false }),
    ...(values.scenario && { scenario: values.scenario }),
    ...(values.speed && { speed: numberFrom('--speed', values.speed) }),
    ...(values.seed && { seed: numberFrom('--seed', values.seed) }),
  });
  const out = values['kubeconfig-out'];
  if (out) await writeFile(out, sim.kubeconfig, { mode: 0o600 });
  process.stdout.write(
    `kubesim listens on ${sim.url}${out ? `, kubeconfig in ${out}` : ''}\n`,
  );
  return sim;
}

function numberFrom(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new Error(`${option} takes a number, not ${JSON.stringify(text)}.`);
  return value;
}
