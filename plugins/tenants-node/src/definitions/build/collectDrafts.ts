// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import { DEFINITION_LIMITS } from '../definitionLimits';
import { isYaml, type FileSet } from '../files/FileSet';
import { isDefinitionFile } from '../files/isDefinitionFile';
import {
  positionOf,
  problemAtKey,
  within,
  type Place,
  type Say,
} from '../Place';
import {
  categorySourceSchema,
  fileOutlineSchema,
  TIER_KEYS,
  tierSourceSchema,
  type FileOutline,
} from '../schema/fileSchema';
import { moduleSourceSchema } from '../schema/moduleSchema';
import { parsePlace } from '../schema/schemaProblems';
import { keyText, labelText } from '../schema/words';
import type { Draft, DraftMap, Drafts } from './Drafts';

/** A definitions file whose members can be looked at. */
type Part = { readonly place: Place; readonly outline: FileOutline };

/** Reads all definitions files and checks each member by itself. */
export function collectDrafts(files: FileSet, say: Say): Drafts {
  let isComplete = true;
  const parts = readParts(files, problem => {
    isComplete = false;
    say(problem);
  });
  const modules = collect(parts, say, {
    sections: ['modules'],
    key: labelText,
    member: moduleSourceSchema,
    noun: 'module',
  });
  if (modules.names.size > DEFINITION_LIMITS.modules) {
    say({
      file: parts[0].place.file.path,
      rule: 'too-large',
      message: `There are ${modules.names.size} modules; ${DEFINITION_LIMITS.modules} are allowed.`,
      remedy: 'Remove those that nobody uses.',
    });
  }
  return {
    isComplete,
    modules,
    categories: collect(parts, say, {
      sections: ['categories'],
      key: keyText,
      member: categorySourceSchema,
      noun: 'category',
    }),
    tiers: collect(parts, say, {
      sections: TIER_KEYS,
      key: keyText,
      member: tierSourceSchema,
      noun: 'tier',
    }),
  };
}

function readParts(files: FileSet, say: Say): Part[] {
  const found = files.files
    .filter(isDefinitionFile)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  refuseSourcesWithout(found, files, say);
  return found.flatMap(file => {
    const { documents, problems } = files.read(file);
    const { source, path } = file;
    const where =
      source === undefined ? { file: path } : { source, file: path };
    problems.forEach(problem => say({ ...where, ...problem }));
    return documents.flatMap(document => {
      const place: Place = { file, document, path: [] };
      if (document.value === undefined) return [];
      const parsed = parsePlace(fileOutlineSchema, place, document.value);
      if (parsed.ok) return [{ place, outline: parsed.value }];
      parsed.problems.forEach(say);
      // Its members can be looked at all the same.
      const rest = fileOutlineSchema.loose().safeParse(document.value);
      return rest.success ? [{ place, outline: rest.data }] : [];
    });
  });
}

function refuseSourcesWithout(
  found: readonly { readonly source?: string }[],
  { files }: FileSet,
  say: Say,
): void {
  const sources = new Set(files.map(({ source }) => source));
  found.forEach(({ source }) => sources.delete(source));
  for (const source of sources) {
    const own = files.filter(file => file.source === source);
    say({
      ...(source === undefined ? {} : { source }),
      ...noDefinitions(own.map(({ path }) => path)),
      rule: 'no-definitions',
    });
  }
}

function noDefinitions(paths: readonly string[]) {
  const [only = '.', ...more] = paths;
  if (paths.length > 0 && more.length === 0) {
    return {
      file: only,
      message: `${only} holds no definitions${
        isYaml(only) ? ': it is a Kubernetes object' : ', as it is no YAML file'
      }.`,
      remedy:
        'Begin it with "apiVersion: tenantry.dev/v1" and "modules:"; Kubernetes objects are what "manifests" of a release refer to.',
    };
  }
  return {
    file: '.',
    message: 'No file holds definitions.',
    remedy:
      'Put a YAML file with "modules" directly into the folder, or begin files below it with "apiVersion: tenantry.dev/v1".',
  };
}

type Section<T extends z.ZodType> = {
  readonly sections: readonly (keyof FileOutline)[];
  readonly key: z.ZodType;
  readonly member: T;
  readonly noun: string;
};

function collect<T extends z.ZodType>(
  parts: readonly Part[],
  say: Say,
  { sections, key, member, noun }: Section<T>,
): DraftMap<z.output<T>> {
  const drafts = new Map<string, Draft<z.output<T>>>();
  const first = new Map<string, Place>();
  for (const { name, value, place } of members(parts, sections)) {
    const other = first.get(name);
    if (other) {
      const { file, line } = positionOf(other);
      say(
        problemAtKey(place, {
          rule: 'defined-twice',
          message: `The ${noun} "${name.slice(
            0,
            80,
          )}" is defined already, in ${file}:${line}.`,
          remedy: 'Remove or rename one of them.',
        }),
      );
      continue;
    }
    first.set(name, place);
    const named = parsePlace(key, place, name);
    if (!named.ok) {
      named.problems.forEach(({ rule, message, remedy }) =>
        say(
          problemAtKey(place, {
            rule,
            message: `The name of the ${noun} ${message.slice(
              message.indexOf(' is ') + 1,
            )}`,
            remedy,
          }),
        ),
      );
      continue;
    }
    const parsed = parsePlace(member, place, value);
    const source = parsed.ok ? parsed.value : parsed.rest;
    if (!parsed.ok) parsed.problems.forEach(say);
    if (source !== undefined) drafts.set(name, { name, source, place });
  }
  return { drafts, names: new Set(first.keys()) };
}

function* members(
  parts: readonly Part[],
  sections: readonly (keyof FileOutline)[],
) {
  for (const { place, outline } of parts) {
    for (const section of sections) {
      const found = outline[section];
      if (typeof found !== 'object' || found === null) continue;
      for (const [name, value] of Object.entries(found)) {
        yield { name, value, place: within(place, section, name) };
      }
    }
  }
}
