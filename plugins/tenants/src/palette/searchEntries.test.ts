// SPDX-License-Identifier: Apache-2.0
import type { PaletteEntry } from './PaletteEntry';
import { MAX_SHOWN, searchEntries } from './searchEntries';

function entry(name: string, section: PaletteEntry['section'] = 'goTo') {
  return { id: name, section, name, kind: 'Tenant', href: '#' };
}

const contains = (text: string, typed: string) =>
  text.includes(typed) ? 0.5 : 0;

describe('searchEntries', () => {
  it('puts what is called exactly so first, and sections in their order', () => {
    const entries = [
      entry('kafka-dev'),
      entry('kafka'),
      entry('bad-kafka', 'attention'),
      entry('billing'),
    ];
    expect(
      searchEntries(entries, ' Kafka ', (text, typed) =>
        contains(text, typed.toLowerCase()),
      ).map(({ name }) => name),
    ).toEqual(['bad-kafka', 'kafka', 'kafka-dev']);
  });

  it('finds by a word that is said of it, behind what is called so', () => {
    const runs = { ...entry('billing'), keywords: ['kafka'] };
    const other = { ...entry('pricing'), keywords: ['k a f k a'] };
    expect(
      searchEntries([runs, other, entry('kafka-dev')], 'kafka', contains).map(
        ({ name }) => name,
      ),
    ).toEqual(['kafka-dev', 'billing']);
  });

  it('shows no more of a section than can be read', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => entry(`tenant-${n}`));
    expect(searchEntries(many, '', contains)).toHaveLength(MAX_SHOWN);
    expect(searchEntries(many, 'tenant', contains)).toHaveLength(MAX_SHOWN);
  });
});
