// SPDX-License-Identifier: Apache-2.0
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Child } from '../../Child';
import { runContest, type Round } from '../../contest';
import type { BenchmarkResult, Size } from '../../result';
import { Applier, manifestsOf } from './applier';
import { ANSWER_MS } from './place';
import type { ServerHandlers } from './server';

/** Three objects each, and a namespace and a quota: 62. */
const MODULES = 20;
type Sizes = { readonly rounds: number; readonly applies: number };
const SIZES: Readonly<Record<Size, Sizes>> = {
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
  const server = Child.start<ServerHandlers>(join(__dirname, 'server.ts'));
  const address = await server.call('start');
  const kubeconfig = join(folder, `${new URL(address.url).port}.kubeconfig`);
  writeFileSync(kubeconfig, address.kubeconfig);
  const file = join(folder, 'objects.json');
  const items = manifestsOf(MODULES);
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  const applier = new Applier(address);
  const kubectl = (...args: string[]) =>
    execute('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  return {
    server,
    // It keeps what it learns of a server on disk: a first apply is not to be measured with that.
    learn: () => kubectl('get', 'namespaces'),
    // It would ask the server for a schema in a form that the simulator does not give; without it, it has less to do.
    peer: () =>
      kubectl('apply', '--server-side', '--validate=false', '-f', file),
    plan: () => applier.plan(MODULES),
    ours: () => applier.apply(),
    async stop() {
      await applier.close();
      await server.stop();
    },
  };
}

type Stage = Awaited<ReturnType<typeof startStage>>;

async function withStage<T>(
  folder: string,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stage = await startStage(folder);
  try {
    return await use(stage);
  } finally {
    await stage.stop();
  }
}

async function secondsOf(
  apply: () => Promise<unknown>,
  times = 1,
): Promise<number> {
  const startedAt = performance.now();
  for (let at = 0; at < times; at += 1) await apply();
  return (performance.now() - startedAt) / 1000 / times;
}

/** Each on a server that has nothing yet. */
function firstApplies(folder: string, rounds: number): Promise<Round[]> {
  return runContest({
    rounds,
    ours: () =>
      withStage(folder, async ({ plan, ours }) => {
        await plan();
        return secondsOf(ours);
      }),
    peer: () =>
      withStage(folder, async ({ learn, peer }) => {
        await learn();
        return secondsOf(peer);
      }),
  });
}

const isWrite = (what: string) => /^(create|patch|update|delete)/.test(what);

async function countRequests({ server }: Stage, apply: () => Promise<unknown>) {
  await server.call('reset');
  await apply();
  const counts = Object.entries(await server.call('counts'));
  const writes = counts.filter(([what]) => isWrite(what));
  const lists = counts.filter(([what]) => what.startsWith('list '));
  return {
    writes: writes.reduce((total, [, count]) => total + count, 0),
    listsPerKind: Math.max(0, ...lists.map(([, count]) => count)),
  };
}

/** The same objects again, on two servers that have them. */
async function repeated(folder: string, { rounds, applies }: Sizes) {
  return withStage(folder, mine =>
    withStage(folder, async theirs => {
      await mine.plan();
      const firstOurs = await countRequests(mine, mine.ours);
      const firstPeer = await countRequests(theirs, theirs.peer);
      await mine.plan();
      const again = await countRequests(mine, mine.ours);
      const againPeer = await countRequests(theirs, theirs.peer);
      const results = await runContest({
        rounds,
        ours: () =>
          secondsOf(async () => {
            await mine.plan();
            await mine.ours();
          }, applies),
        peer: () => secondsOf(theirs.peer, applies),
      });
      const counts = {
        writesOfTheFirst: firstOurs.writes,
        writesOfTheFirstPeer: firstPeer.writes,
        listsPerKindOnUnchangedApply: again.listsPerKind,
        writesOnUnchangedApply: again.writes,
        writesOnUnchangedApplyPeer: againPeer.writes,
      };
      return { results, counts };
    }),
  );
}

/** A tenant applied for the first time, and again when it is there already. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-apply-'));
  try {
    const rounds = await firstApplies(folder, SIZES[size].rounds);
    const { results, counts } = await repeated(folder, SIZES[size]);
    const objects = 3 * MODULES + 2;
    return {
      id: 'B11',
      title: 'Applying a tenant',
      peer: 'kubectl apply --server-side',
      peerVersion: kubectlVersion(),
      unit: `seconds for ${objects} objects`,
      higherIsBetter: false,
      rounds,
      series: { 'the same again': results },
      counts: { objects, ...counts },
      note: `One simulated API server each, in a process of its own, for a first apply a new one each time; each answer takes ${ANSWER_MS} ms longer than it needs, as that of a real server does. Ours is the executor of an apply with its record and pruning, without the planner (but for reading the record of what is there already), the database and waiting for health; kubectl neither prunes nor waits, and starts a process each time. It has learnt the server’s kinds before and runs with --validate=false.`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
