// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import { choosePersona, readPersonas, rememberPersona } from './personas';

const personas = ['ada', 'paul', 'pia'].map(name => ({
  name,
  title: name.toUpperCase(),
  about: 'a persona',
}));

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>();
  return {
    getItem: key => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
  };
}

it('reads the personas from the configuration, none outside of the demo', () => {
  expect(readPersonas(new ConfigReader({ demo: { personas } }))).toEqual(
    personas,
  );
  expect(readPersonas(new ConfigReader({}))).toEqual([]);
});

it('takes the first persona when nobody was chosen', () => {
  expect(choosePersona(personas, { search: '' }, memory())?.name).toBe('ada');
});

it('takes the persona chosen last', () => {
  const storage = memory();
  rememberPersona(personas[1], storage);
  expect(choosePersona(personas, { search: '' }, storage)?.name).toBe('paul');
});

it('prefers the persona named in the address', () => {
  const storage = memory();
  rememberPersona(personas[1], storage);
  const location = { search: '?health=degraded&persona=pia' };
  expect(choosePersona(personas, location, storage)?.name).toBe('pia');
});

it('passes over a name that no persona has', () => {
  const location = { search: '?persona=root' };
  expect(choosePersona(personas, location, memory())?.name).toBe('ada');
});

it('knows nobody where there are no personas', () => {
  expect(choosePersona([], { search: '?persona=pia' }, memory())).toBe(
    undefined,
  );
});
