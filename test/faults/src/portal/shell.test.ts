// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestPortal } from '../security/TestPortal';
import { eventually } from './eventually';

jest.setTimeout(180_000);

const PAGE = join(__dirname, '../../../../docs/shell.md');
const BLOCK = /^```sh run=(\S+)\n([\s\S]*?)^```$/gm;
const MARK = '=== ';

/** The blocks of the page in one shell, so that each has what those before it have set. Resolves with what each printed, by its name. */
async function followPage(
  environment: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(BLOCK)];
  const script = blocks.map(
    ([, name, body]) => `echo; echo '${MARK}${name}'\n${body}`,
  );
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-euo', 'pipefail', '-c', script.join('\n')],
    {
      env: { PATH: process.env.PATH, ...environment },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 150_000,
    },
  );
  return new Map(
    stdout
      .split(`\n${MARK}`)
      .slice(1)
      .map(text => {
        const end = text.indexOf('\n');
        return [text.slice(0, end), text.slice(end + 1)];
      }),
  );
}

describe('the page about the shell, followed to the letter', () => {
  let portal: TestPortal;
  let printed: ReadonlyMap<string, string>;
  const json = (block: string) => JSON.parse(printed.get(block) ?? '');

  beforeAll(async () => {
    portal = await TestPortal.start();
    await eventually('the clusters are watched', async () => {
      const response = await portal.call('/api/tenants/v1/tenants', 'ada');
      return (await response.json()).totalItems > 0 ? true : undefined;
    });
    printed = await followPage({
      PORTAL: portal.url,
      TOKEN: portal.tokenOf('ada'),
      OTHER: portal.tokenOf('paul'),
    });
  });
  afterAll(() => portal?.stop());

  it('lists what is Degraded, and reads logs', () => {
    expect(json('list').items).toMatchObject([
      { health: { code: 'Degraded' } },
    ]);
    expect(printed.get('logs')?.trim()).not.toBe('');
  });

  it('plans a tenant that nothing stands against', () => {
    expect(json('plan')).toMatchObject({ refusals: [] });
  });

  it('follows the operation to its end', () => {
    const { items, ended } = json('follow');
    expect(ended).toBe(true);
    const said = items.map(({ message }: { message: string }) => message);
    expect(said.join('\n')).toContain('This is revision 1.');
  });

  it('sees it live and healthy', () => {
    const [first] = (printed.get('watch') ?? '').split('\n');
    expect(JSON.parse(first)).toMatchObject({
      s: 'mine',
      t: 'snapshot',
      d: { name: 'vega', health: { code: 'Healthy' } },
    });
  });

  it('finds it in the catalogue, in the search and among the notifications', () => {
    expect(json('catalogue')).toMatchObject({
      kind: 'Resource',
      metadata: { name: 'vega' },
      spec: { type: 'tenant', owner: 'group:default/team-analytics' },
    });
    expect(
      json('search').results.map(
        (result: { document: { title: string } }) => result.document.title,
      ),
    ).toEqual(['vega']);
    expect(printed.get('notification')).toContain('/tenants/t/vega');
  });

  it('is refused as somebody of another team, without being told that there is such a tenant', () => {
    const lines = (printed.get('refused') ?? '').split('\n').filter(Boolean);
    expect(lines.filter(line => line.endsWith('refused'))).toHaveLength(2);
    expect(printed.get('refused')).toContain('There is no tenant vega');
    expect(printed.get('refused')).not.toContain('us-east');
  });
});
