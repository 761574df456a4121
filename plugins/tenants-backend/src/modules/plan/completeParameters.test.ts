// SPDX-License-Identifier: Apache-2.0
import { moduleOf, release } from '../testing/catalogueBuilders';
import { completeParameters } from './completeParameters';
import { PLAN_LIMITS } from './limits';

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    replicas: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
    size: { type: 'string', enum: ['small', 'large'], default: 'small' },
    host: { type: 'string', format: 'hostname' },
    code: { type: 'string', pattern: '^(a+)+$' },
    store: {
      type: 'object',
      properties: {
        gigabytes: { type: 'integer', default: 10 },
        class: { type: 'string', default: 'standard' },
      },
      default: {},
    },
  },
};

function complete(asked: object, more: object = {}, tier = 'standard') {
  const own = release('1.0.0', {
    parameters: schema,
    tierParameters: { premium: { replicas: 4, store: { gigabytes: 100 } } },
    ...more,
  });
  const resolved = { module: moduleOf('db', [own]), release: own };
  return completeParameters({
    resolved,
    asked: JSON.parse(JSON.stringify(asked)),
    environment: 'dev',
    tier,
  });
}

describe('completeParameters', () => {
  it('puts the tier’s values over the defaults, and what was asked for over both', () => {
    expect(complete({}).parameters).toEqual({
      replicas: 2,
      size: 'small',
      store: { gigabytes: 10, class: 'standard' },
    });
    expect(
      complete({ store: { class: 'fast' } }, {}, 'premium').parameters,
    ).toEqual({
      replicas: 4,
      size: 'small',
      store: { gigabytes: 100, class: 'fast' },
    });
    expect(complete({ replicas: 1 }, {}, 'premium').parameters).toHaveProperty(
      'replicas',
      1,
    );
  });

  it('names the parameter that is wrong and the nearest value that is allowed', () => {
    expect(complete({ replicas: 9 }).refusals).toEqual([
      {
        rule: 'parameters',
        environment: 'dev',
        subject: 'db.replicas',
        message: 'The parameter replicas of db must be <= 5.',
        chain: ['db 1.0.0'],
        fixes: [
          {
            label: 'Set replicas to 5.',
            change: {
              type: 'set-parameter',
              environment: 'dev',
              module: 'db',
              path: 'replicas',
              value: 5,
            },
          },
        ],
      },
    ]);
    expect(complete({ size: 'huge' }).refusals[0].message).toBe(
      'The parameter size of db must be one of "small", "large".',
    );
    expect(complete({ store: { gigabytes: 'many' } }).refusals[0].subject).toBe(
      'db.store.gigabytes',
    );
    expect(complete({ host: 'no host' }).refusals).toHaveLength(1);
  });

  it('takes a name it does not know for a slip of the pen', () => {
    expect(complete({ replica: 3 }).refusals[0].message).toBe(
      'The parameter replica of db is not known. Did you mean replicas?',
    );
    expect(
      complete({ x: 1 }, { parameters: undefined }).refusals[0].message,
    ).toBe(
      'The parameter x of db is not known: the module has no parameters. Leave it out.',
    );
  });

  it('tells all mistakes at once, each with a way out', () => {
    const { refusals } = complete({ colour: 'red', size: 'huge', store: 3 });
    expect(
      refusals.map(({ message, fixes }) => [message, fixes[0]?.label]),
    ).toEqual([
      [
        'The parameter colour of db is not known. There are replicas, size, host, code, store.',
        'Leave out colour.',
      ],
      [
        'The parameter size of db must be one of "small", "large".',
        'Set size to "small".',
      ],
      ['The parameter store of db must be a mapping.', undefined],
    ]);
    expect(complete({ replica: 3 }).refusals[0].fixes).toEqual([
      { label: 'Write replicas in place of replica.' },
    ]);
  });

  it('never lets a name become a prototype', () => {
    const asked = JSON.parse('{"__proto__": {"replicas": 1}}');
    const { refusals, parameters } = completeParameters({
      resolved: {
        module: moduleOf('db', []),
        release: release('1.0.0', { parameters: schema }),
      },
      asked,
      environment: 'dev',
      tier: 'standard',
    });
    expect(refusals[0].subject).toBe('db.__proto__');
    expect(Object.keys(Object.getPrototypeOf(parameters))).toEqual([]);
    expect(parameters).toHaveProperty('replicas', 2);
  });

  it('is bounded in size, depth and time', () => {
    const long = 'a'.repeat(PLAN_LIMITS.parameterChars);
    expect(complete({ code: long }).refusals[0].message).toMatch(
      /characters long; 65536 are allowed/,
    );
    let deep: object = {};
    for (let at = 0; at < 40; at++) deep = { deep };
    expect(complete(deep).refusals[0].message).toMatch(/nest deeper than 32/);
    // Exponential for a backtracking matcher.
    expect(complete({ code: `${'a'.repeat(5_000)}!` }).refusals).toHaveLength(
      1,
    );
  });

  it('uses no schema that points elsewhere', () => {
    const parameters = { $ref: 'https://example.org/schema.json' };
    expect(complete({}, { parameters }).refusals[0].message).toMatch(
      /^The parameters of db: The definition’s parameter schema cannot be used/,
    );
  });
});
