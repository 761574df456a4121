// SPDX-License-Identifier: Apache-2.0
import type { Persona } from './personas';
import type { Simulator } from './simulators';

type Welcome = {
  readonly port: number;
  readonly personas: readonly [Persona, ...Persona[]];
  readonly simulators: readonly Simulator[];
};

function describeSimulators(simulators: readonly Simulator[]): string[] {
  if (simulators.length === 0) return [];
  return [
    '',
    'Simulated clusters, for kubectl:',
    ...simulators.map(
      ({ name, url, adminToken }) =>
        `  kubectl --server ${url}/_as/${adminToken} get pods -A   # ${name}`,
    ),
  ];
}

function describePersonas(url: string, personas: readonly Persona[]): string[] {
  if (personas.length < 2) return [];
  const width = Math.max(...personas.map(({ name }) => name.length));
  return [
    '',
    `Other personas: "Switch persona" in the sidebar, or ${url}/?persona=NAME`,
    ...personas.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
  ];
}

/** What the terminal shows once the portal can be used. */
export function formatWelcome(welcome: Welcome): string {
  const { port, personas, simulators } = welcome;
  const url = `http://localhost:${port}`;
  return [
    '',
    `Tenantry is at ${url} — signed in as ${personas[0].title}.`,
    'Anybody on this machine is signed in without a password. Stop with Ctrl-C.',
    ...describePersonas(url, personas),
    ...describeSimulators(simulators),
    '',
  ].join('\n');
}
