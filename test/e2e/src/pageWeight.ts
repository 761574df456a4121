// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sourceShares, type SourceMap } from './sourceShares';

const BUILT = join(__dirname, '../../../packages/app/dist/static');
const OURS = /\/plugins\/tenants(-common)?\/src\//;
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/;

/** A file that the browser loaded. */
export type LoadedFile = {
  readonly name: string;
  /** Bytes as sent, compressed. */
  readonly bytes: number;
  /** Bytes of it that come from our sources, compressed like the whole. */
  readonly ours: number;
  /** Our sources in it, relative to the repository. */
  readonly sources: readonly string[];
  /** Packages in it that are installed. */
  readonly packages: readonly string[];
};

/** Says what of a loaded script is ours, by its source map. */
export function weighScript(url: string): LoadedFile {
  const name = basename(new URL(url).pathname);
  const file = join(BUILT, name);
  const built = readFileSync(file);
  const bytes = gzipSync(built).length;
  if (!existsSync(`${file}.map`)) {
    return { name, bytes, ours: 0, sources: [], packages: [] };
  }
  const map: SourceMap = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  const shares = [...sourceShares(built.toString(), map)];
  const isOurs = ([source]: [string, number]) => OURS.test(source);
  const characters = shares
    .filter(isOurs)
    .reduce((sum, [, count]) => sum + count, 0);
  return {
    name,
    bytes,
    ours: Math.round((characters / built.length) * bytes),
    sources: shares
      .filter(isOurs)
      .map(([source]) => source.replace(/^.*\/plugins\//, 'plugins/')),
    packages: [
      ...new Set(shares.flatMap(([source]) => PACKAGE.exec(source)?.[1] ?? [])),
    ],
  };
}
