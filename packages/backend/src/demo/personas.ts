// SPDX-License-Identifier: Apache-2.0

/** Somebody the demo can be looked at as; a User of this name stands in `examples/org.yaml`. */
export type Persona = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
};

/** The first is who the demo starts as. */
export const personas: readonly [Persona, ...Persona[]] = [
  {
    name: 'ada',
    title: 'Ada, analytics',
    about: 'In team-analytics, which owns some tenants.',
  },
  {
    name: 'paul',
    title: 'Paul, payments',
    about: 'In team-payments, which owns other tenants.',
  },
  {
    name: 'mia',
    title: 'Mia, member',
    about: 'Owns no tenant; holds a role in some through a RoleBinding.',
  },
  {
    name: 'pia',
    title: 'Pia, platform engineer',
    about: 'In platform-team: sees every tenant and the clusters.',
  },
  {
    name: 'hugo',
    title: 'Hugo, help desk',
    about: 'Sees the health of every tenant, not its logs.',
  },
  {
    name: 'guest',
    title: 'Guest',
    about: 'In no team: sees no tenant.',
  },
];

/** The only user when a real cluster is shown. */
export const localUser: Persona = {
  name: 'local',
  title: 'You',
  about: 'The person at this machine: sees every tenant of the cluster.',
};
