// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDemoOptions } from './options';

describe('parseDemoOptions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tenantry-'));
    writeFileSync(join(folder, 'config'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const parse = (...args: string[]) => parseDemoOptions(args, folder);

  it('shows simulated clusters on port 7007 when nothing is asked for', () => {
    expect(parse()).toEqual({ port: 7007, real: undefined });
  });

  it('takes another port', () => {
    expect(parse('--port', '8123').port).toBe(8123);
  });

  it.each(['0', '65536', 'http', '-1', '80.5'])(
    'refuses %p as a port',
    port => {
      expect(() => parse(`--port=${port}`)).toThrow(
        `--port must be between 1 and 65535, not '${port}'.`,
      );
    },
  );

  it('finds the kubeconfig from where the command was typed and does not allow writes by itself', () => {
    expect(parse('--kubeconfig', 'config', '--context', 'kind').real).toEqual({
      kubeconfig: join(folder, 'config'),
      context: 'kind',
      allowWrites: false,
    });
  });

  it('allows writes only when told to', () => {
    const { real } = parse(
      ...['--kubeconfig', 'config', '--context', 'kind', '--allow-writes'],
    );
    expect(real?.allowWrites).toBe(true);
  });

  it('wants a file and a context together', () => {
    expect(() => parse('--kubeconfig', 'config')).toThrow('given together');
    expect(() => parse('--context', 'kind')).toThrow('given together');
  });

  it('refuses to allow writes to simulated clusters', () => {
    expect(() => parse('--allow-writes')).toThrow(
      '--allow-writes needs --kubeconfig and --context.',
    );
  });

  it('names a kubeconfig that is not there', () => {
    expect(() => parse('--kubeconfig', 'nope', '--context', 'a')).toThrow(
      `The kubeconfig file ${join(folder, 'nope')} does not exist.`,
    );
  });

  it('answers an unknown option with the known ones', () => {
    expect(() => parse('--verbose')).toThrow(
      /Unknown option '--verbose'.*Use: npm start/s,
    );
  });
});
