// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { germanTexts } from './de';

const SOURCES = join(__dirname, '..');
const OF_TEXTS = /^(texts|translations)\/|^translation\.ts$|\.test\.tsx?$/;
const PLURAL = /_(zero|one|two|few|many|other)$/;

function readSources(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !OF_TEXTS.test(file))
    .map(file => readFileSync(join(SOURCES, file), 'utf8'))
    .join('\n');
}

it('every text is said somewhere', () => {
  const sources = readSources();
  const whole = new Set(
    [...sources.matchAll(/['"`](\w+(?:\.\w+)+)['"`]/g)].map(([, key]) => key),
  );
  // Such as `timeline.${lane}`: whatever begins like that.
  const begun = [...sources.matchAll(/`(\w+\.(?:\w+\.)*\w*)\$\{/g)].map(
    ([, start]) => start,
  );
  const unsaid = Object.keys(germanTexts)
    .map(key => key.replace(PLURAL, ''))
    .filter(
      key => !whole.has(key) && !begun.some(start => key.startsWith(start)),
    );
  expect(unsaid).toEqual([]);
});
