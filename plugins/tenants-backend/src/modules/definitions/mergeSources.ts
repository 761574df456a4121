// SPDX-License-Identifier: Apache-2.0
import type { DefinitionProblem } from '@tenantry/backstage-plugin-tenants-common';
import type {
  DefinitionFile,
  ModuleCatalogue,
  ParsedDefinitions,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { SourceContent } from './SourceState';

/** What a source holds, and what of it is in use. */
export type MergeCandidate = {
  readonly id: string;
  readonly newest: SourceContent | undefined;
  readonly good: SourceContent | undefined;
};

type MergedSource = {
  /** What is in use now; `undefined` when nothing of it is. */
  readonly used: SourceContent | undefined;
  readonly problems: readonly DefinitionProblem[];
};

type Merged = {
  /** `undefined` when what is in use stays. */
  readonly catalogue: ModuleCatalogue | undefined;
  readonly sources: ReadonlyMap<string, MergedSource>;
};

type Parse = (files: readonly DefinitionFile[]) => ParsedDefinitions;

/**
 * Parses what all sources hold together. A source with mistakes keeps what was good, and the others go on without it; when that is not
 * possible either, because an unchanged source needs what a changed one no longer has, everything stays as it is.
 */
export function mergeSources(
  candidates: readonly MergeCandidate[],
  parse: Parse,
): Merged {
  const problems = new Map<string, readonly DefinitionProblem[]>();
  const chosen = new Map(
    candidates.map(({ id, newest, good }) => [id, newest ?? good]),
  );
  // Each round gives up the newest content of at least one source.
  for (let round = 0; round <= candidates.length; round += 1) {
    const parsed = parse(filesOf(chosen));
    if (parsed.catalogue) {
      return {
        catalogue: parsed.catalogue,
        sources: toSources(chosen, problems),
      };
    }
    const gaveUp = giveUp(candidates, { chosen, problems }, parsed);
    if (!gaveUp) return everythingStays(candidates, problems, parsed);
  }
  return everythingStays(candidates, problems, { problems: [] });
}

type Choice = {
  readonly chosen: Map<string, SourceContent | undefined>;
  readonly problems: Map<string, readonly DefinitionProblem[]>;
};

function giveUp(
  candidates: readonly MergeCandidate[],
  { chosen, problems }: Choice,
  parsed: ParsedDefinitions,
): boolean {
  const bySource = problemsBySource(parsed);
  const blamed = candidates.filter(
    ({ id, good }) => bySource.has(id) && chosen.get(id)?.hash !== good?.hash,
  );
  for (const { id, good } of blamed) {
    problems.set(id, bySource.get(id) ?? []);
    chosen.set(id, good);
  }
  return blamed.length > 0;
}

/** Nothing new can be used. The sources that changed are told what stands against them. */
function everythingStays(
  candidates: readonly MergeCandidate[],
  problems: ReadonlyMap<string, readonly DefinitionProblem[]>,
  parsed: ParsedDefinitions,
): Merged {
  const rest = [...problemsBySource(parsed).values()].flat();
  const sources = candidates.map(({ id, newest, good }) => {
    const isChanged = newest !== undefined && newest.hash !== good?.hash;
    const own = problems.get(id) ?? (isChanged ? rest : []);
    return [id, { used: good, problems: own }] as const;
  });
  return { catalogue: undefined, sources: new Map(sources) };
}

function toSources(
  chosen: ReadonlyMap<string, SourceContent | undefined>,
  problems: ReadonlyMap<string, readonly DefinitionProblem[]>,
): ReadonlyMap<string, MergedSource> {
  return new Map(
    [...chosen].map(([id, used]) => [
      id,
      { used, problems: problems.get(id) ?? [] },
    ]),
  );
}

function filesOf(
  chosen: ReadonlyMap<string, SourceContent | undefined>,
): DefinitionFile[] {
  return [...chosen].flatMap(([source, content]) =>
    (content?.files ?? []).map(file => ({ ...file, source })),
  );
}

function problemsBySource({ problems }: ParsedDefinitions) {
  const bySource = new Map<string, DefinitionProblem[]>();
  for (const { source, ...problem } of problems) {
    const found = bySource.get(source ?? '') ?? [];
    bySource.set(source ?? '', [...found, problem]);
  }
  return bySource;
}
