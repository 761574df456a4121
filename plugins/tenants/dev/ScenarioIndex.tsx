// SPDX-License-Identifier: Apache-2.0
import { pageAddresses } from '../src/testing/pageAddresses';
import { createScenario, SCENARIO_NAMES } from '../src/testing/Scenario';

/** A module that the fixtures describe in full. */
const MODULE = 'airflow';

function pathsOf(name: (typeof SCENARIO_NAMES)[number]) {
  const { tenant } = createScenario(name);
  return pageAddresses({ tenant: tenant.name, module: MODULE });
}

/** Every page in every state, as one table of links. */
export function ScenarioIndex() {
  return (
    <main style={{ padding: 24 }}>
      <h1>Pages by scenario</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Page</th>
            {SCENARIO_NAMES.map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pathsOf('many').map(({ path }, row) => (
            <tr key={path}>
              <th scope="row" style={{ textAlign: 'left' }}>
                {path}
              </th>
              {SCENARIO_NAMES.map(name => (
                <td key={name}>
                  <a href={`${pathsOf(name)[row].path}?scenario=${name}`}>
                    open
                  </a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
