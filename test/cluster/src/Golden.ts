// SPDX-License-Identifier: Apache-2.0
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Step } from './ContractCase';

/** What a real server of one version answered to the cases of one area. */
export type GoldenAnswers = {
  readonly server: string;
  readonly cases: Readonly<Record<string, readonly Step[]>>;
};

const FOLDER = join(__dirname, '..', 'golden');

/** The recorded answers of an area, those of the newest server; `undefined` when none are. */
export function readGolden(area: string): GoldenAnswers | undefined {
  const [file] = existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
        .map(version => join(FOLDER, version, `${area}.json`))
        .filter(existsSync)
    : [];
  return file ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Writes answers with one line per call, so that a change shows as the calls it touches. */
export function writeGolden(area: string, golden: GoldenAnswers): void {
  const cases = Object.entries(golden.cases).map(([name, steps]) => {
    const lines = steps.map(step => `      ${JSON.stringify(step)}`);
    return `    ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n    ]`;
  });
  const text = `{\n  "server": ${JSON.stringify(
    golden.server,
  )},\n  "cases": {\n${cases.join(',\n')}\n  }\n}\n`;
  const folder = join(FOLDER, golden.server);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${area}.json`), text);
}
