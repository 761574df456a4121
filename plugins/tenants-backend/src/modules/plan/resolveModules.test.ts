// SPDX-License-Identifier: Apache-2.0
import type { ModuleChoice } from '@tenantry/backstage-plugin-tenants-common';
import type { CatalogueModule } from '@tenantry/backstage-plugin-tenants-node/definitions';
import {
  catalogue,
  moduleOf,
  release,
  tier,
} from '../testing/catalogueBuilders';
import type { ResolveContext } from './ResolveContext';
import { resolveModules } from './resolveModules';

function context(
  modules: readonly CatalogueModule[],
  more: Partial<ResolveContext> = {},
): ResolveContext {
  return {
    environment: 'dev',
    tier: 'standard',
    owner: 'group:default/shop',
    catalogue: catalogue(modules, [tier('standard'), tier('premium')]),
    cluster: { name: 'one', version: 'v1.32.0', running: new Map() },
    recorded: {},
    ...more,
  };
}

function ask(name: string, version?: string): ModuleChoice {
  return { name, ...(version !== undefined && { version }), parameters: {} };
}

function versions(choices: ModuleChoice[], where: ResolveContext) {
  const { modules, refusals } = resolveModules(choices, where);
  expect(refusals).toEqual([]);
  return modules.map(one => `${one.module.name} ${one.release.version}`);
}

function refusal(choices: ModuleChoice[], where: ResolveContext) {
  const { refusals } = resolveModules(choices, where);
  expect(refusals).toHaveLength(1);
  return refusals[0];
}

const dep = (name: string, range = '*') => ({ name, range });

describe('resolveModules', () => {
  it('takes the highest release, and lower ones first where they are needed', () => {
    const modules = [
      moduleOf('api', [
        release('2.0.0', { dependencies: [dep('db', '^1')] }),
        release('1.0.0'),
      ]),
      moduleOf('db', [release('2.0.0'), release('1.5.0'), release('1.4.0')]),
    ];
    expect(versions([ask('api')], context(modules))).toEqual([
      'db 1.5.0',
      'api 2.0.0',
    ]);
    const { modules: planned } = resolveModules([ask('api')], context(modules));
    expect(planned[0]).toMatchObject({ requiredBy: ['api'], wave: 0 });
    expect(planned[1]).toMatchObject({ needs: ['db'], wave: 1 });
  });

  it('leaves what runs at its release unless what is asked for rules it out', () => {
    const modules = [moduleOf('db', [release('2.0.0'), release('1.5.0')])];
    const running = context(modules, {
      recorded: { db: { version: '1.5.0' } },
    });
    expect(versions([ask('db')], running)).toEqual(['db 1.5.0']);
    expect(versions([ask('db', '>=1')], running)).toEqual(['db 1.5.0']);
    expect(versions([ask('db', '^2')], running)).toEqual(['db 2.0.0']);
  });

  it('goes back to a lower release where a higher one cannot be with the rest', () => {
    const modules = [
      moduleOf('a', [
        release('3.0.0', { dependencies: [dep('c', '^2')] }),
        release('2.0.0', { dependencies: [dep('c', '^1')] }),
      ]),
      moduleOf('b', [release('1.0.0', { dependencies: [dep('c', '^1')] })]),
      moduleOf('c', [release('2.0.0'), release('1.0.0')]),
    ];
    expect(versions([ask('b'), ask('a')], context(modules))).toEqual([
      'c 1.0.0',
      'a 2.0.0',
      'b 1.0.0',
    ]);
  });

  it('prefers finished and supported releases', () => {
    const modules = [
      moduleOf('db', [
        release('3.0.0-rc.1'),
        release('2.0.0', { deprecated: { message: 'Loses data.' } }),
        release('1.0.0'),
      ]),
    ];
    expect(versions([ask('db')], context(modules))).toEqual(['db 1.0.0']);
    expect(versions([ask('db', '3.0.0-rc.1')], context(modules))).toEqual([
      'db 3.0.0-rc.1',
    ]);
    const { notes } = resolveModules([ask('db', '^2')], context(modules));
    expect(notes).toEqual([
      {
        environment: 'dev',
        subject: 'db',
        kind: 'deprecated',
        message: 'db 2.0.0 is deprecated: Loses data.',
      },
    ]);
  });

  it('meets a need by what another module provides, the one that is there first', () => {
    const modules = [
      moduleOf('api', [release('1.0.0', { dependencies: [dep('sql')] })]),
      moduleOf('mysql', [release('8.0.0', { provides: ['sql'] })]),
      moduleOf('postgres', [release('16.0.0', { provides: ['sql@15.0.0'] })]),
    ];
    expect(versions([ask('api')], context(modules))).toEqual([
      'mysql 8.0.0',
      'api 1.0.0',
    ]);
    expect(versions([ask('api'), ask('postgres')], context(modules))).toEqual([
      'postgres 16.0.0',
      'api 1.0.0',
    ]);
    const strict = [
      moduleOf('api', [
        release('1.0.0', { dependencies: [dep('sql', '^15')] }),
      ]),
      ...modules.slice(1),
    ];
    expect(versions([ask('api')], context(strict))).toEqual([
      'postgres 16.0.0',
      'api 1.0.0',
    ]);
  });

  it('refuses a module that does not exist and names the nearest', () => {
    const modules = [moduleOf('postgres', [release('1.0.0')])];
    expect(refusal([ask('postgress')], context(modules))).toEqual({
      rule: 'unknown-module',
      environment: 'dev',
      subject: 'postgress',
      message: 'There is no module postgress. Did you mean postgres?',
      chain: ['postgress'],
      fixes: [
        {
          label: 'Take postgres in place of postgress.',
          effect: 'postgres 1.0.0 would be used.',
          change: {
            type: 'add-module',
            environment: 'dev',
            module: 'postgres',
          },
        },
        {
          label: 'Leave out postgress.',
          change: {
            type: 'remove-module',
            environment: 'dev',
            module: 'postgress',
          },
        },
      ],
    });
  });

  it('refuses a release that does not exist and offers those that do', () => {
    const modules = [moduleOf('db', [release('2.0.0'), release('1.0.0')])];
    const told = refusal([ask('db', '^3')], context(modules));
    expect(told).toMatchObject({
      rule: 'unknown-release',
      message: 'No release of db is ^3; there are 2.0.0, 1.0.0.',
    });
    expect(told.fixes[0].change).toEqual({
      type: 'set-version',
      environment: 'dev',
      module: 'db',
      version: '2.0.0',
    });
  });

  it('tells the whole way to a need that nothing meets', () => {
    const modules = [
      moduleOf('a', [release('1.0.0', { dependencies: [dep('b')] })]),
      moduleOf('b', [release('2.0.0', { dependencies: [dep('lost')] })]),
    ];
    expect(refusal([ask('a')], context(modules))).toMatchObject({
      rule: 'dependency-missing',
      subject: 'lost',
      message: 'b 2.0.0 needs lost, which no module is or provides.',
      chain: ['a 1.0.0', 'b 2.0.0', 'lost'],
    });
  });

  it('refuses two needs that no one release meets', () => {
    const modules = [
      moduleOf('a', [release('1.0.0', { dependencies: [dep('c', '^2')] })]),
      moduleOf('b', [release('1.0.0', { dependencies: [dep('c', '^1')] })]),
      moduleOf('c', [release('2.0.0'), release('1.0.0')]),
    ];
    const told = refusal([ask('a'), ask('b')], context(modules));
    expect(told).toMatchObject({
      rule: 'dependency-range',
      subject: 'c',
      message:
        'b 1.0.0 needs c ^1; c 2.0.0 was chosen because a 1.0.0 needs it.',
      chain: ['b 1.0.0', 'c ^1'],
    });
    expect(told.fixes.map(({ change }) => change)).toEqual([
      { type: 'remove-module', environment: 'dev', module: 'b' },
      { type: 'remove-module', environment: 'dev', module: 'a' },
    ]);
  });

  it('says why two exclude each other in one sentence, however the reason ends', () => {
    const conflicts = [{ ...dep('mysql'), reason: 'Both use port 5432.' }];
    const modules = [
      moduleOf('postgres', [release('1.0.0', { conflicts })]),
      moduleOf('mysql', [release('8.0.0')]),
    ];
    expect(
      refusal([ask('postgres'), ask('mysql')], context(modules)).message,
    ).toBe(
      'postgres 1.0.0 and mysql 8.0.0 exclude each other: Both use port 5432.',
    );
  });

  it.each([
    ['the first says it', { conflicts: [dep('mysql')] }, {}],
    ['the second says it', {}, { conflicts: [dep('postgres')] }],
  ])('refuses what excludes each other when %s', (_who, first, second) => {
    const modules = [
      moduleOf('postgres', [release('1.0.0', first)]),
      moduleOf('mysql', [release('8.0.0', second)]),
    ];
    expect(
      refusal([ask('postgres'), ask('mysql')], context(modules)),
    ).toMatchObject({
      rule: 'conflict',
      subject: 'postgres',
      message: 'postgres 1.0.0 and mysql 8.0.0 exclude each other.',
    });
  });

  it('lets a module exclude all others that provide the same', () => {
    const sql = { provides: ['sql'], conflicts: [dep('sql')] };
    const modules = [
      moduleOf('postgres', [release('1.0.0', sql)]),
      moduleOf('mysql', [release('8.0.0', { provides: ['sql'] })]),
    ];
    expect(versions([ask('postgres')], context(modules))).toHaveLength(1);
    expect(
      refusal([ask('postgres'), ask('mysql')], context(modules)).rule,
    ).toBe('conflict');
  });

  it('refuses modules that need each other', () => {
    const modules = [
      moduleOf('a', [release('1.0.0', { dependencies: [dep('b')] })]),
      moduleOf('b', [release('1.0.0', { dependencies: [dep('a')] })]),
    ];
    expect(refusal([ask('a')], context(modules))).toMatchObject({
      rule: 'dependency-cycle',
      message: 'a needs b needs a: none of them can be first.',
      chain: ['a 1.0.0', 'b 1.0.0', 'a 1.0.0'],
    });
  });

  it('takes another provider where the one that is there would go round in a circle', () => {
    const modules = [
      moduleOf('api', [release('1.0.0', { dependencies: [dep('sql')] })]),
      moduleOf('cockroach', [release('1.0.0', { provides: ['sql'] })]),
      moduleOf('proxy', [
        release('1.0.0', { dependencies: [dep('api')], provides: ['sql'] }),
      ]),
    ];
    expect(versions([ask('proxy')], context(modules))).toEqual([
      'cockroach 1.0.0',
      'api 1.0.0',
      'proxy 1.0.0',
    ]);
  });

  it('takes from the cluster what runs there, and refuses to put it into a tenant', () => {
    const modules = [
      moduleOf('api', [release('1.0.0', { dependencies: [dep('mesh')] })]),
      moduleOf('mesh', [release('1.0.0')], { scope: 'cluster' }),
    ];
    const running = new Map([['mesh', '1.0.0']]);
    const on = context(modules, { cluster: { name: 'one', running } });
    expect(versions([ask('api')], on)).toEqual(['api 1.0.0']);
    expect(refusal([ask('mesh')], on).message).toBe(
      'mesh runs once per cluster and is on one already: tenants use it without having it.',
    );
    expect(refusal([ask('api')], context(modules))).toMatchObject({
      rule: 'scope',
      chain: ['api 1.0.0', 'mesh 1.0.0'],
      message:
        'api 1.0.0 needs mesh. mesh runs once per cluster, outside tenants, and is not on one. Only the platform team can add it there.',
    });
  });

  it('refuses what the cluster, the tier or the owner does not allow, with a remedy that was tried', () => {
    const modules = [
      moduleOf('new', [
        release('2.0.0', { kubernetes: '>=1.40' }),
        release('1.0.0'),
      ]),
      moduleOf('big', [release('1.0.0', { allowedTiers: ['premium'] })]),
      moduleOf('mine', [
        release('1.0.0', { allowedOwners: ['group:default/bank'] }),
      ]),
    ];
    expect(versions([ask('new')], context(modules))).toEqual(['new 1.0.0']);
    expect(refusal([ask('new', '2.0.0')], context(modules))).toMatchObject({
      rule: 'kubernetes-version',
      message: 'new 2.0.0 needs Kubernetes >=1.40; one has v1.32.0.',
      fixes: [
        {
          label: 'Ask for new 1.0.0.',
          change: { type: 'set-version', version: '1.0.0' },
        },
        { label: 'Choose a cluster with Kubernetes >=1.40.' },
      ],
    });
    expect(refusal([ask('big')], context(modules))).toMatchObject({
      rule: 'tier-not-allowed',
      fixes: [
        {
          label: 'Change the tier to premium.',
          effect: 'big 1.0.0 would be used.',
        },
      ],
    });
    expect(refusal([ask('mine')], context(modules))).toMatchObject({
      rule: 'owner-not-allowed',
      message:
        'mine 1.0.0 is only for tenants of group:default/bank; this one belongs to group:default/shop.',
    });
  });

  it('refuses each module for its own reason and resolves the rest', () => {
    const modules = [
      moduleOf('good', [release('1.0.0')]),
      moduleOf('big', [release('1.0.0', { allowedTiers: ['premium'] })]),
    ];
    const { refusals, modules: planned } = resolveModules(
      [ask('good'), ask('big'), ask('lost'), ask('good')],
      context(modules),
    );
    expect(refusals.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      'conflict good',
      'tier-not-allowed big',
      'unknown-module lost',
    ]);
    expect(planned.map(one => one.module.name)).toEqual(['good']);
  });

  it('gives up after a bounded number of tries and says so', () => {
    const many = Array.from({ length: 20 }, (_, at) => `${20 - at}.0.0`);
    const names = Array.from({ length: 12 }, (_, at) => `m${at}`);
    const modules = names.map((name, at) =>
      moduleOf(
        name,
        many.map(version =>
          release(version, {
            dependencies: at === names.length - 1 ? [dep('m0', '99.0.0')] : [],
          }),
        ),
      ),
    );
    const where = context([
      ...modules,
      moduleOf('top', [
        release('1.0.0', { dependencies: names.map(name => dep(name)) }),
      ]),
    ]);
    const { refusals } = resolveModules([ask('top')], where);
    expect(refusals[0].message).toMatch(/^No set of releases was found in/);
  });
});
