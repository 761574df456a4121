// SPDX-License-Identifier: Apache-2.0
import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody the demo can be looked at as. */
export type Persona = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
};

const STORAGE_KEY = 'tenantry.demo.persona';
const PARAMETER = 'persona';

/** The personas of the demo, the default first; none outside of the demo. */
export function readPersonas(config: ConfigApi): readonly Persona[] {
  return (config.getOptionalConfigArray('demo.personas') ?? []).map(entry => ({
    name: entry.getString('name'),
    title: entry.getString('title'),
    about: entry.getString('about'),
  }));
}

/**
 * The persona named in the address (`?persona=pia`), else the one chosen last, else the first.
 * A name that no persona has is passed over.
 */
export function choosePersona(
  personas: readonly Persona[],
  location: Pick<Location, 'search'>,
  storage: Pick<Storage, 'getItem'>,
): Persona | undefined {
  const wanted = [
    new URLSearchParams(location.search).get(PARAMETER),
    storage.getItem(STORAGE_KEY),
  ];
  const named = wanted.map(name => personas.find(p => p.name === name));
  return named.find(persona => persona !== undefined) ?? personas[0];
}

/** Keeps the choice for the next page load. */
export function rememberPersona(
  persona: Persona,
  storage: Pick<Storage, 'setItem'>,
): void {
  storage.setItem(STORAGE_KEY, persona.name);
}
