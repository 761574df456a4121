// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startKubesim, type Kubesim } from '@tenantry/kubesim';
import { runContest } from '../../contest';
import type { BenchmarkResult, Size } from '../../result';
import { Applier, manifestsOf } from './applier';

/** Three objects each, and a namespace and a quota: 62. */
const MODULES = 20;
const SIZES = {
  quick: { rounds: 2, applies: 3 },
  full: { rounds: 6, applies: 10 },
};
const execute = promisify(execFile);

function kubectlVersion(): string {
  const text = execFileSync('kubectl', ['version', '--client', '-o', 'json']);
  return JSON.parse(text.toString()).clientVersion.gitVersion;
}

/** A server, and both ways to bring the same objects to it. */
async function startStage(folder: string) {
  const sim = await startKubesim();
  const kubeconfig = join(folder, `${new URL(sim.url).port}.kubeconfig`);
  writeFileSync(kubeconfig, sim.kubeconfig);
  const file = join(folder, 'objects.json');
  const items = manifestsOf(MODULES);
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  const applier = new Applier(sim);
  const peer = async () => {
    const args = ['--kubeconfig', kubeconfig, 'apply', '--server-side'];
    // It would ask the server for a schema in a form that the simulator does not give; without it, it has less to do.
    await execute('kubectl', [...args, '--validate=false', '-f', file]);
  };
  const stop = async () => {
    await applier.close();
    await sim.stop();
  };
  return { sim, peer, stop, ours: () => applier.apply(MODULES) };
}

async function countRequests(
  sim: Kubesim,
  apply: () => Promise<unknown>,
): Promise<{ readonly reads: number; readonly writes: number }> {
  sim.requests.reset();
  await apply();
  const counts = Object.entries(sim.requests.counts());
  const sum = (isWrite: boolean) =>
    counts
      .filter(
        ([what]) => /^(create|patch|update|delete)/.test(what) === isWrite,
      )
      .reduce((total, [, count]) => total + count, 0);
  return { reads: sum(false), writes: sum(true) };
}

async function secondsOf(
  apply: () => Promise<unknown>,
  times: number,
): Promise<number> {
  const startedAt = performance.now();
  for (let at = 0; at < times; at += 1) await apply();
  return (performance.now() - startedAt) / 1000 / times;
}

/** The same objects applied again: what an apply costs that changes nothing. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { rounds, applies } = SIZES[size];
  const folder = mkdtempSync(join(tmpdir(), 'bench-apply-'));
  const mine = await startStage(folder);
  const theirs = await startStage(folder);
  try {
    const firstOurs = await countRequests(mine.sim, mine.ours);
    const firstPeer = await countRequests(theirs.sim, theirs.peer);
    // kubectl keeps what it learnt of the server on disk; so the first one is no measure.
    const againOurs = await countRequests(mine.sim, mine.ours);
    const againPeer = await countRequests(theirs.sim, theirs.peer);
    const results = await runContest({
      ours: () => secondsOf(mine.ours, applies),
      peer: () => secondsOf(theirs.peer, applies),
      rounds,
    });
    return {
      id: 'B11',
      title: 'Applying what is there already',
      peer: 'kubectl apply --server-side',
      peerVersion: kubectlVersion(),
      unit: `seconds for ${3 * MODULES + 2} unchanged objects`,
      higherIsBetter: false,
      rounds: results,
      counts: {
        objects: 3 * MODULES + 2,
        readsOfTheFirst: firstOurs.reads,
        writesOfTheFirst: firstOurs.writes,
        readsOfTheFirstPeer: firstPeer.reads,
        writesOfTheFirstPeer: firstPeer.writes,
        readsUnchanged: againOurs.reads,
        writesUnchanged: againOurs.writes,
        readsUnchangedPeer: againPeer.reads,
        writesUnchangedPeer: againPeer.writes,
      },
      note: 'One simulated API server each, in the process that measures. Ours is the executor of an apply with its record and pruning, without the planner, the database and waiting for health; kubectl neither prunes nor waits, and starts a process each time. It runs with --validate=false.',
    };
  } finally {
    await mine.stop();
    await theirs.stop();
    rmSync(folder, { recursive: true });
  }
}
