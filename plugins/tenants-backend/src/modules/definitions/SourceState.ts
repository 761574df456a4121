// SPDX-License-Identifier: Apache-2.0
import type {
  DefinitionProblem,
  DefinitionsStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  ModuleDefinitionFile,
  ModuleDefinitionSource,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  contentHash,
  SourceProblem,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** What a source held at one time. */
export type SourceContent = {
  readonly hash: string;
  readonly files: readonly ModuleDefinitionFile[];
};

type Outcome = {
  /** Whether it is other content than before. */
  readonly isNew: boolean;
  /** Why it could not be read, when it is no mistake in what it holds. */
  readonly failure?: unknown;
};

const unreadable: DefinitionProblem = {
  file: '.',
  rule: 'source-unreadable',
  message: 'The definitions could not be read. The backend’s log says why.',
  remedy:
    'Check the address in tenants.modules and the credentials of the portal’s integrations.',
};

/** What is known of one source: what it held last, what of it is in use, and what is wrong with it. */
export class SourceState {
  /** Read last; `undefined` before, and when it could not be read. */
  newest?: SourceContent;
  /** In use. */
  good?: SourceContent;
  isTried = false;
  private loadedAt?: number;
  private checkedAt?: number;
  private readProblems: readonly DefinitionProblem[] = [];
  private problems: readonly DefinitionProblem[] = [];

  constructor(readonly source: ModuleDefinitionSource) {}

  async read(signal: AbortSignal, now: number): Promise<Outcome> {
    this.checkedAt = now;
    try {
      const files = await this.source.read(signal);
      const hash = contentHash(files);
      const isNew = !this.isTried || hash !== this.newest?.hash;
      this.newest = { hash, files };
      this.readProblems = [];
      return { isNew };
    } catch (error) {
      this.newest = undefined;
      const isExplained = error instanceof SourceProblem;
      this.readProblems = isExplained ? error.problems : [unreadable];
      return { isNew: false, ...(isExplained ? {} : { failure: error }) };
    } finally {
      this.isTried = true;
    }
  }

  /** Takes note of what came of its newest content. */
  settle(outcome: {
    readonly used: SourceContent | undefined;
    readonly problems: readonly DefinitionProblem[];
    readonly now: number;
  }): void {
    const { used, problems, now } = outcome;
    this.problems = problems;
    if (used && used.hash !== this.good?.hash) this.loadedAt = now;
    if (used) this.good = used;
  }

  status(): DefinitionsStatus {
    const problems = [...this.readProblems, ...this.problems];
    const { good, loadedAt, checkedAt } = this;
    return {
      source: this.source.id,
      ...(good ? { version: good.hash } : {}),
      ...(loadedAt === undefined ? {} : { loadedAt: toText(loadedAt) }),
      ...(checkedAt === undefined ? {} : { checkedAt: toText(checkedAt) }),
      state: this.stateOf(problems),
      problems,
    };
  }

  private stateOf(
    problems: readonly DefinitionProblem[],
  ): DefinitionsStatus['state'] {
    if (problems.length > 0) return this.good ? 'stale' : 'failed';
    return this.good ? 'loaded' : 'loading';
  }
}

function toText(time: number): string {
  return new Date(time).toISOString();
}
