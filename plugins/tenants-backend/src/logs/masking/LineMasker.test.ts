// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { LineMasker, MASK } from './LineMasker';
import { findByRules, MASK_RULES } from './MaskRule';
import { mayHoldSecret } from './mayHoldSecret';
import { fingerprint, KnownSecrets } from './KnownSecrets';

const nothing = new KnownSecrets({ key: new Uint8Array(), prints: [] });
const mask = (line: string, known = nothing) =>
  new LineMasker(known).mask(line, 0);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What secrets are made of, and what stands around them. */
const part = fc.constantFrom(
  'password',
  'Passwd',
  'secret_key',
  'token',
  'credentials',
  'api-key',
  'cookie',
  'Bearer',
  'basic',
  'eyJhbGciOiJI',
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_',
  'sk-',
  'sha256~',
  'ya29.',
  'SG.',
  '//user',
  '=',
  ':',
  ' ',
  '\t',
  '"',
  "'",
  '\\',
  '@',
  '.',
  'abcdefgh',
  'a1b2c3d4e5f6',
  '%3D',
);

describe('LineMasker', () => {
  it.each([
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [masked]'],
    ['password=hunter2 next', 'password=[masked] next'],
    ['DB_PASSWORD: hunter2', 'DB_PASSWORD: [masked]'],
    ['{"apiKey": "abc def", "n": 1}', '{"apiKey": [masked], "n": 1}'],
    ['{"password":"a\\"b c","n":1}', '{"password":[masked],"n":1}'],
    ['{"m":"{\\"token\\":\\"abc d\\"}"}', '{"m":"{\\"token\\":[masked]}"}'],
    ['secret="never closed', 'secret=[masked]'],
    ['postgres://app:s3cret@db/x', 'postgres://app:[masked]@db/x'],
    ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2ln end', 'jwt [masked] end'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key [masked] used'],
    ['Set-Cookie: session=abcdef; Path=/', 'Set-Cookie: [masked]'],
    [`pushed with ghp_${'a1'.repeat(18)}.`, 'pushed with [masked]'],
    [
      'GET /cb?x=1&access_token%3Dabcdefgh HTTP',
      'GET /cb?x=1&access_token%3D[masked] HTTP',
    ],
    [`data ${base64('{"password":"hunter2"}')} end`, 'data [masked] end'],
  ])('masks the secret in %s', (line, masked) => {
    const { text, masks } = mask(line);
    expect(text).toBe(masked);
    expect(masks).toHaveLength(1);
    expect(text.slice(masks[0].at, masks[0].at + MASK.length)).toBe(MASK);
  });

  it.each([
    'GET /token-bucket 200 in 3 ms',
    'trace_id 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7',
    'com.example.checkout.internal.PaymentServiceImplementation started',
    'at /usr/local/lib/node_modules/some-package/dist/index.js:10',
    'task-abcdefghijklmnopqrst finished',
    'eyJustAWord',
  ])('leaves %s as it is', line => {
    expect(mask(line)).toEqual({ text: line, masks: [] });
  });

  it('masks a private key over its lines, and what is left of one whose beginning was not read', () => {
    const masker = new LineMasker(nothing);
    const body = 'aB3/'.repeat(16);
    const lines = [
      'loaded -----BEGIN RSA PRIVATE KEY-----',
      body,
      'short==',
      '-----END RSA PRIVATE KEY----- done',
      'after',
      body,
    ];
    expect(lines.map(line => masker.mask(line, 0).text)).toEqual([
      'loaded [masked]',
      '[masked]',
      '[masked]',
      '[masked] done',
      'after',
      '[masked]',
    ]);
  });

  it('goes on after a private key that never ends', () => {
    const masker = new LineMasker(nothing);
    masker.mask('-----BEGIN PRIVATE KEY-----', 0);
    for (let i = 0; i < 200; i += 1) masker.mask('line', 0);
    expect(masker.mask('line', 0).text).toBe('line');
  });

  it('masks values that were set through Tenantry, bare, in base64 and with percent codes', () => {
    const key = Buffer.from('key of the test');
    const value = 'Tr0ub4dor&3 x';
    const known = new KnownSecrets({
      key,
      prints: [
        fingerprint(key, 'correct-horse'),
        fingerprint(key, 'p&ss/w:rd'),
      ],
    });
    const of = (line: string) => mask(line, known).text;
    expect(of('connect correct-horse now')).toBe('connect [masked] now');
    expect(of('url=//x?p=correct-horse&y=1')).toBe('url=//x?p=[masked]&y=1');
    expect(of(`v ${base64('correct-horse')}`)).toBe('v [masked]');
    expect(of('q=p%26ss%2Fw%3Ard')).toBe('q=[masked]');
    expect(of(value)).toBe(value);
    expect(mask('correct-horse').text).toBe('correct-horse');
  });

  it('knows each rule by its signs', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const text = parts.join('');
        for (const { name, pattern, signs } of MASK_RULES) {
          const where = pattern.ignoreCase ? text.toLowerCase() : text;
          const isFound = [...text.matchAll(pattern)].length > 0;
          const hasSign = signs.some(sign => where.includes(sign));
          expect([name, text, isFound && !hasSign]).toEqual([
            name,
            text,
            false,
          ]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('passes over no line in which a rule would find something', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const text = parts.join('');
        const hasFound = findByRules(text).length > 0;
        expect([text, hasFound && !mayHoldSecret(text, 0)]).toEqual([
          text,
          false,
        ]);
        const { text: masked } = mask(text);
        expect([text, hasFound && masked === text]).toEqual([text, false]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('costs no more than the length of a hostile line', () => {
    const hostile = [
      'eyJ-'.repeat(4_000),
      'password="'.repeat(1_600),
      'password    '.repeat(1_300),
      '//a:'.repeat(4_000),
      'cookie='.repeat(2_300),
      'sk-'.repeat(5_000),
      '-----BEGIN '.repeat(1_400),
      '%2'.repeat(8_000),
      'aB'.repeat(8_000),
    ];
    for (const line of hostile) {
      const before = process.cpuUsage();
      mask(line);
      const { user } = process.cpuUsage(before);
      // Quadratic ones take seconds.
      expect(user).toBeLessThan(500_000);
    }
  });
});
