// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { parseScenario, ScenarioError } from './parseScenario';
import type { Scenario } from './Scenario';

/**
 * Reads a scenario file.
 *
 * @throws ScenarioError naming the file, and the place of each problem in it
 * @public
 */
export async function readScenario(file: string): Promise<Scenario> {
  return parseScenario(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new ScenarioError([
      `${file} cannot be read: is it there, and a file?`,
    ]);
  }
}
