// SPDX-License-Identifier: Apache-2.0
import type { FileSet } from '../files/FileSet';
import { resolveReference } from '../files/resolveReference';
import type { ManifestTemplate } from '../ModuleCatalogue';
import { positionOf, problemAt, type Place, type Say } from '../Place';
import { nearestWord } from '../suggestion';
import { checkManifest, type ManifestContext } from './checkManifest';
import { isJsonObject } from './jsonObject';

type Options = ManifestContext & {
  readonly files: FileSet;
  readonly say: Say;
};

/** Reads the Kubernetes objects that a release refers to. */
export function readManifests(
  reference: string,
  at: Place,
  options: Options,
): readonly ManifestTemplate[] {
  const { files, say } = options;
  const resolved = resolveReference(at.file.path, reference);
  if (!resolved.ok) {
    const { message, remedy } = resolved;
    say(problemAt(at, { rule: 'path', message, remedy }));
    return [];
  }
  const found = files.under(at.file, resolved.path);
  if (found.length === 0) {
    say(problemAt(at, nothingThere(resolved.path, at, files)));
    return [];
  }
  const templates = found.flatMap(file => {
    const { documents, problems } = files.read(file);
    const { source } = file;
    const where = {
      file: file.path,
      ...(source === undefined ? {} : { source }),
    };
    problems.forEach(problem => say({ ...where, ...problem }));
    return documents.flatMap(document =>
      readTemplate({ file, document, path: [] }, options),
    );
  });
  refuseTwins(templates, at, say);
  return templates;
}

function readTemplate(place: Place, options: Options): ManifestTemplate[] {
  const { value } = place.document;
  if (value === undefined) return [];
  const problems = checkManifest(place, options);
  problems.forEach(options.say);
  if (!isJsonObject(value) || problems.length > 0) return [];
  const { when, ...object } = value;
  const at = positionOf(place);
  return [typeof when === 'string' ? { when, object, at } : { object, at }];
}

function nothingThere(path: string, at: Place, files: FileSet) {
  const folders = new Set(
    files
      .ofSource(at.file)
      .flatMap(file => [
        file.path,
        file.path.split('/').slice(0, -1).join('/'),
      ]),
  );
  const near = nearestWord(path, folders);
  return {
    rule: 'manifests-missing',
    message: `There is no file, and no folder with YAML files, at "${path.slice(
      0,
      80,
    )}".`,
    remedy:
      near === undefined
        ? 'Put the Kubernetes objects there, or correct the path; it is relative to this file.'
        : `Did you mean "${near}"?`,
  };
}

/** The same object twice would be applied twice, the later one winning. */
function refuseTwins(
  templates: readonly ManifestTemplate[],
  at: Place,
  say: Say,
): void {
  const seen = new Map<string, ManifestTemplate>();
  for (const template of templates) {
    const { object, when } = template;
    if (when !== undefined) continue;
    const { apiVersion, kind, metadata } = object;
    const name = isJsonObject(metadata) ? metadata.name : undefined;
    const key = [apiVersion, kind, name].map(String).join(' ');
    const first = seen.get(key);
    seen.set(key, template);
    if (!first) continue;
    const { source } = at.file;
    say({
      ...(source === undefined ? {} : { source }),
      ...template.at,
      rule: 'object-twice',
      message: `${String(kind)} "${String(
        name,
      )}" stands in the release twice, first in ${first.at.file}:${
        first.at.line
      }.`,
      remedy: 'Remove or rename one of them, or give each a "when".',
    });
  }
}
