// SPDX-License-Identifier: Apache-2.0
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { NotModifiedError } from '@backstage/errors';
import type {
  ModuleDefinitionFile,
  ModuleDefinitionSource,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  DEFINITION_LIMITS,
  definitionReferences,
  SourceProblem,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

type Files = readonly ModuleDefinitionFile[];
type Kept = { readonly etag: string | undefined; readonly files: Files };

const READ = /\.(ya?ml|json|md)$/i;

/** Addresses that one file may refer to. */
const MAX_REFERENCES = 100;

/** Definitions at an address of the portal’s integrations: a file, or a tree of them. */
export class UrlSource implements ModuleDefinitionSource {
  /** What was read last, by address. Bounded by the references of one file. */
  private kept = new Map<string, Kept>();

  constructor(
    readonly id: string,
    private readonly url: string,
    private readonly reader: Pick<UrlReaderService, 'readUrl' | 'readTree'>,
  ) {}

  async read(signal: AbortSignal): Promise<Files> {
    const before = this.kept;
    this.kept = new Map();
    try {
      if (!isFile(this.url))
        return await this.tree(this.url, '', { before, signal });
      return await this.fileWithReferences({ before, signal });
    } catch (error) {
      this.kept = before;
      throw error;
    }
  }

  private async fileWithReferences(reading: Reading): Promise<Files> {
    const path = nameOf(this.url);
    const [entry] = await this.file(this.url, path, reading);
    const references = definitionReferences(path, entry.text);
    if (references.length > MAX_REFERENCES) throw tooMany(path);
    const files = [entry];
    for (const reference of references) {
      const url = beside(this.url, reference);
      const found = isFile(url)
        ? await this.file(url, reference, reading)
        : await this.tree(url, reference, reading);
      files.push(...found);
    }
    return files;
  }

  private file(url: string, path: string, reading: Reading): Promise<Files> {
    return this.keep(url, reading, async etag => {
      const { signal } = reading;
      const answer = await this.reader.readUrl(url, { etag, signal });
      const bytes = await answer.buffer();
      return { etag: answer.etag, files: [{ path, text: bytes.toString() }] };
    });
  }

  private tree(url: string, folder: string, reading: Reading): Promise<Files> {
    return this.keep(url, reading, async etag => {
      const answer = await this.reader.readTree(url, {
        etag,
        signal: reading.signal,
        filter: path => READ.test(path),
      });
      const found = await answer.files();
      if (found.length > DEFINITION_LIMITS.files) throw tooMany(folder || '.');
      const files = await Promise.all(
        found.map(async file => ({
          path: folder === '' ? file.path : `${folder}/${file.path}`,
          text: (await file.content()).toString(),
        })),
      );
      return { etag: answer.etag, files };
    });
  }

  private async keep(
    url: string,
    { before }: Reading,
    read: (etag: string | undefined) => Promise<Kept>,
  ): Promise<Files> {
    const known = before.get(url);
    const kept = await read(known?.etag).catch((error: unknown) => {
      if (known && error instanceof NotModifiedError) return known;
      throw error;
    });
    this.kept.set(url, kept);
    return kept.files;
  }
}

type Reading = {
  readonly before: ReadonlyMap<string, Kept>;
  readonly signal: AbortSignal;
};

function tooMany(file: string): SourceProblem {
  return new SourceProblem([
    {
      file,
      rule: 'too-large',
      message: 'There are too many files, or references to files.',
      remedy: 'Point tenants.modules at the folder instead, or split it.',
    },
  ]);
}

function isFile(url: string): boolean {
  return READ.test(new URL(url).pathname);
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').pop() ?? '';
}

/** The address of a path relative to a file; `?ref=…` and the like stay. */
function beside(url: string, path: string): string {
  const address = new URL(url);
  const folder = address.pathname.split('/').slice(0, -1).join('/');
  address.pathname = `${folder}/${path}`;
  return address.href;
}
