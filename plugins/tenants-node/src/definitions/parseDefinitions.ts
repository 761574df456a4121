// SPDX-License-Identifier: Apache-2.0
import { collectDrafts } from './build/collectDrafts';
import type { Drafts } from './build/Drafts';
import { toCategory } from './build/toCategory';
import { toModule } from './build/toModule';
import { toTier } from './build/toTier';
import { contentHash } from './contentHash';
import { deepFreeze } from './deepFreeze';
import type {
  DefinitionFile,
  LocatedProblem,
  ParsedDefinitions,
} from './DefinitionFile';
import { DEFINITION_LIMITS } from './definitionLimits';
import { admitFiles, FileSet } from './files/FileSet';
import type { ModuleCatalogue } from './ModuleCatalogue';
import type { Say } from './Place';
import { checkCycles } from './references/checkCycles';
import { checkReferences } from './references/checkReferences';

/** What a platform decides about its definitions. @public */
export type ParseOptions = {
  /** Kinds of objects that modules of tenants may hold beside {@link TENANT_KINDS}, as `apiVersion/Kind`. */
  readonly allowedKinds?: readonly string[];
};

/**
 * Reads definitions: the files of all sources together, as they may refer to each other’s modules. Never throws for what is in a file;
 * tells all mistakes of all files at once.
 *
 * @public
 */
export function parseDefinitions(
  files: readonly DefinitionFile[],
  { allowedKinds = [] }: ParseOptions = {},
): ParsedDefinitions {
  const problems: LocatedProblem[] = [];
  const say: Say = problem => problems.push(problem);
  if (!admitFiles(files, say)) return { problems };
  const set = new FileSet(files);
  const drafts = collectDrafts(set, say);
  const catalogue = build(drafts, { files: set, say, allowedKinds });
  checkReferences(drafts, say);
  checkCycles(drafts.modules.drafts, say);
  if (problems.length > 0) return { problems: inOrder(problems) };
  return { catalogue: deepFreeze(catalogue), problems: [] };
}

type BuildOptions = Required<ParseOptions> & {
  readonly files: FileSet;
  readonly say: Say;
};

function build(drafts: Drafts, options: BuildOptions): ModuleCatalogue {
  const { categories, tiers, modules } = drafts;
  const content = {
    categories: mapped(categories.drafts, toCategory),
    tiers: mapped(tiers.drafts, draft => toTier(draft, options.say)),
    modules: byName(mapped(modules.drafts, draft => toModule(draft, options))),
  };
  return { version: versionOf(content), ...content };
}

function versionOf(content: Omit<ModuleCatalogue, 'version'>): string {
  return contentHash({
    categories: [...content.categories.values()],
    tiers: [...content.tiers.values()],
    // The hash of a release stands for all that is in it.
    modules: [...content.modules.values()].map(module => ({
      ...module,
      releases: module.releases.map(({ version, hash }) => ({ version, hash })),
    })),
  });
}

/** In the order of the files: of tiers and categories it is the order in which people are shown them. */
function mapped<T, R>(
  drafts: ReadonlyMap<string, T>,
  toMember: (draft: T) => R,
): ReadonlyMap<string, R> {
  return new Map([...drafts].map(([name, draft]) => [name, toMember(draft)]));
}

function byName<T>(members: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...members].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function inOrder(problems: readonly LocatedProblem[]): LocatedProblem[] {
  const placeOf = ({ source, file, line = 0, column = 0 }: LocatedProblem) =>
    [
      source ?? '',
      file,
      String(line).padStart(8, '0'),
      String(column).padStart(8, '0'),
    ].join('\n');
  const seen = new Set<string>();
  return problems
    .map(problem => ({ problem, key: placeOf(problem) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ problem }) => problem)
    .filter(problem => {
      // A manifest that two releases share is wrong once.
      const text = JSON.stringify(problem);
      return !seen.has(text) && seen.add(text);
    })
    .slice(0, DEFINITION_LIMITS.problems);
}
