// SPDX-License-Identifier: Apache-2.0
import {
  DEFINITION_LIMITS,
  type JsonObject,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { MAX_CONDITION_COST, holds } from './condition';

function decide(text: string, parameters: JsonObject = {}) {
  return holds(text, {
    maps: {
      parameters,
      tenant: { name: 'acme' },
      environment: { tier: 'gold' },
      module: { name: 'web' },
      release: { version: '1.2.3' },
      secrets: { smtp: false },
    },
    modules: ['web', 'postgres'],
  });
}

describe('a condition', () => {
  it.each([
    ['parameters.replicas > 1', true],
    ['parameters.replicas == 3 && environment.tier == "gold"', true],
    ['parameters.ratio > 0.4', true],
    ['type(parameters.replicas) == int', true],
    ['has(parameters.tls)', false],
    ['has(parameters.tls) && parameters.tls.on', false],
    ['"postgres" in modules', true],
    ['secrets.smtp', false],
    ['parameters.hosts.exists(h, h.endsWith(".example"))', true],
    ['parameters.hosts.all(h, h.size() > 3)', true],
    ['release.version.startsWith("1.")', true],
  ])('%s is %s', (text, expected) => {
    const values = { replicas: 3, ratio: 0.5, hosts: ['a.example'] };
    expect(decide(text, values)).toEqual({ ok: true, holds: expected });
  });

  it.each([
    ['parameters.missing > 1', 'No such key'],
    ['parameters.replicas +', 'Unexpected'],
    ['unknown.x', 'Unknown variable'],
    ['1 + 1', 'neither true nor false'],
    ['"a".matches("(a+)+$")', 'matches'],
    ['cel.bind(a, "x" + "x", a == "xx")', 'bind'],
    ['true '.padEnd(DEFINITION_LIMITS.condition + 1), 'longer than'],
    [Array(300).fill('true').join(' && '), ''],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, ''],
  ])('%s is refused', (text, words) => {
    const result = decide(text, { replicas: 1 });
    expect(result.ok).toBe(false);
    expect(!result.ok && result.message).toContain(words);
  });

  it('is refused when the values it goes through are too many', () => {
    const hosts = Array.from({ length: 1_000 }, (_, i) => `h${i}`);
    const nested = 'parameters.hosts.all(a, parameters.hosts.all(b, a != b))';
    expect(decide(nested, { hosts })).toMatchObject({
      ok: false,
      message: expect.stringContaining(`${MAX_CONDITION_COST}`),
    });
    expect(decide(nested, { hosts: hosts.slice(0, 10) })).toMatchObject({
      ok: true,
    });
  });

  it('sees own fields only', () => {
    expect(decide('has(parameters.constructor)')).toEqual({
      ok: true,
      holds: false,
    });
    expect(decide('has(parameters.toString)')).toEqual({
      ok: true,
      holds: false,
    });
  });
});
