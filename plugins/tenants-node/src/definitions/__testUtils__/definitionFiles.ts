// SPDX-License-Identifier: Apache-2.0
import type { DefinitionFile } from '../DefinitionFile';
import { parseDefinitions } from '../parseDefinitions';

/** A file of definitions. */
export function file(text: string, path = 'platform.yaml'): DefinitionFile {
  return { path, text };
}

/** The problems of one file, as `line:column rule`. */
export function placesOf(text: string, ...more: DefinitionFile[]): string[] {
  return parseDefinitions([file(text), ...more]).problems.map(
    ({ line, column, rule }) => `${line}:${column} ${rule}`,
  );
}

/** Message and remedy of each problem of a file. */
export function wordsOf(text: string, ...more: DefinitionFile[]): string[] {
  return parseDefinitions([file(text), ...more]).problems.map(
    ({ message, remedy }) => `${message} ${remedy}`,
  );
}

/** The manifest of a Deployment. */
export function deployment(name: string, more = ''): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n${more}`;
}

/** A module `web` whose one release has its manifests in the folder `web`, and these lines. */
export function withManifests(release: string): string {
  return `modules:\n  web:\n    releases:\n      - version: 1.0.0\n        manifests: ./web\n${release}`;
}
