// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { tenantsTranslationRef } from '../translation';
import { germanTexts } from './de';

const textsSchema = z.record(z.string(), z.string());

/** The framework keeps the English texts behind a method that its types do not name. */
function readEnglish() {
  const read = Reflect.get(tenantsTranslationRef, 'getDefaultMessages');
  return textsSchema.parse(Reflect.apply(read, tenantsTranslationRef, []));
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the German texts', () => {
  const english = readEnglish();

  it('have every key', () => {
    const missing = Object.keys(english).filter(key => !germanTexts[key]);
    expect(missing).toEqual([]);
  });

  it('have no key that the pages do not know', () => {
    const unknown = Object.keys(germanTexts).filter(key => !(key in english));
    expect(unknown).toEqual([]);
  });

  it('name the same placeholders as the English ones', () => {
    const differing = Object.entries(germanTexts).filter(
      ([key, text]) =>
        placeholders(text).join() !== placeholders(english[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });
});
