// SPDX-License-Identifier: Apache-2.0
import { SourceProblem } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { FakeClock } from '../../time/testing/FakeClock';
import { ModuleDefinitions } from './ModuleDefinitions';
import { FakeSource } from './testing/FakeSource';

const modules = (...names: string[]) =>
  `modules:\n${names.map(name => `  ${name}: {}\n`).join('')}`;

async function started(...sources: FakeSource[]) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const failures: string[] = [];
  const definitions = new ModuleDefinitions({
    sources: sources.map(source => ({ source, everyMs: 60_000 })),
    clock,
    onFailure: source => failures.push(source),
  });
  const versions: string[] = [];
  definitions.onChange(({ version }) => versions.push(version));
  await definitions.start(stop.signal);
  const names = () => [...(definitions.current()?.modules.keys() ?? [])];
  const settle = () => clock.advanceAsync(1_000);
  return { definitions, clock, failures, versions, names, settle, stop };
}

it('loads all sources together, so that they may refer to each other', async () => {
  const { definitions, names } = await started(
    new FakeSource('a', 'modules:\n  web: { dependencies: [db] }\n'),
    new FakeSource('b', modules('db')),
  );
  expect(names()).toEqual(['db', 'web']);
  expect(definitions.status()).toMatchObject([
    { source: 'a', state: 'loaded', problems: [] },
    { source: 'b', state: 'loaded', problems: [] },
  ]);
});

it('has an empty catalogue when there is no source', async () => {
  const { definitions, names } = await started();
  expect(definitions.current()).toBeDefined();
  expect(names()).toEqual([]);
});

it('reads a source when it tells of a change, once for changes that come together', async () => {
  const source = new FakeSource('a', modules('one'));
  const { names, settle, versions } = await started(source);
  source.write(modules('one', 'two'));
  source.write(modules('one', 'two', 'three'));
  await settle();
  expect(names()).toEqual(['one', 'three', 'two']);
  expect(source.reads).toBe(2);
  expect(versions).toHaveLength(2);
});

it('tells of no change when the content is the same', async () => {
  const source = new FakeSource('a', modules('one'));
  const { definitions, settle, versions } = await started(source);
  const before = definitions.current();
  source.tell();
  await settle();
  expect(source.reads).toBe(2);
  expect(definitions.current()).toBe(before);
  expect(versions).toHaveLength(1);
});

it('reads from time to time a source that tells of nothing', async () => {
  const source = new FakeSource('a', modules('one'));
  const { clock } = await started(source);
  await clock.advanceAsync(60_000);
  expect(source.reads).toBe(2);
});

it('keeps what was good and says where the mistake is', async () => {
  const source = new FakeSource('a', modules('one'));
  const { definitions, names, settle } = await started(source);
  source.write('modules:\n  one: { versoin: 1.0.0 }\n');
  await settle();
  expect(names()).toEqual(['one']);
  expect(definitions.status()).toMatchObject([
    {
      source: 'a',
      state: 'stale',
      problems: [{ file: 'a.yaml', line: 2, column: 10, rule: 'unknown-key' }],
    },
  ]);
  source.write(modules('two'));
  await settle();
  expect(names()).toEqual(['two']);
  expect(definitions.status()).toMatchObject([
    { state: 'loaded', problems: [] },
  ]);
});

it('goes on without a source that was never good', async () => {
  const { definitions, names } = await started(
    new FakeSource('a', 'modules: ['),
    new FakeSource('b', modules('db')),
  );
  expect(names()).toEqual(['db']);
  expect(definitions.status()).toMatchObject([
    { source: 'a', state: 'failed', problems: [{ rule: 'yaml' }] },
    { source: 'b', state: 'loaded' },
  ]);
});

it('refuses a change that takes away what another source needs', async () => {
  const b = new FakeSource('b', modules('db', 'cache'));
  const { definitions, names, settle } = await started(
    new FakeSource('a', 'modules:\n  web: { dependencies: [db] }\n'),
    b,
  );
  b.write(modules('cache'));
  await settle();
  expect(names()).toEqual(['cache', 'db', 'web']);
  expect(definitions.status()).toMatchObject([
    { source: 'a', state: 'loaded', problems: [] },
    { source: 'b', state: 'stale', problems: [{ rule: 'unknown-module' }] },
  ]);
});

it('keeps what was good when a source cannot be read, and reports why to the log only', async () => {
  const source = new FakeSource('a', modules('one'));
  const { definitions, failures, names, settle } = await started(source);
  source.fail(new Error('token abc refused'));
  await settle();
  expect(names()).toEqual(['one']);
  expect(failures).toEqual(['a']);
  const [status] = definitions.status();
  expect(status).toMatchObject({
    state: 'stale',
    problems: [{ rule: 'source-unreadable' }],
  });
  expect(JSON.stringify(status)).not.toContain('abc');
});

it('tells a missing file as a problem, not as a failure', async () => {
  const source = new FakeSource('a');
  const problem = {
    file: 'a.yaml',
    rule: 'file-missing',
    message: 'm',
    remedy: 'r',
  };
  source.fail(new SourceProblem([problem]));
  const { definitions, failures } = await started(source);
  expect(definitions.status()).toMatchObject([
    { state: 'failed', problems: [problem] },
  ]);
  expect(failures).toEqual([]);
});

it('reads nothing after it was stopped', async () => {
  const source = new FakeSource('a', modules('one'));
  const { stop, clock } = await started(source);
  stop.abort();
  source.write(modules('two'));
  await clock.advanceAsync(120_000);
  expect(source.reads).toBe(1);
});
