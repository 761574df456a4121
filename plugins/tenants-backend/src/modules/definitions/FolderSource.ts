// SPDX-License-Identifier: Apache-2.0
import { dirname } from 'node:path';
import type {
  ModuleDefinitionFile,
  ModuleDefinitionSource,
} from '@tenantry/backstage-plugin-tenants-node';
import {
  readDefinitionsFile,
  readDefinitionsFolder,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { watchFolder } from './watchFolder';

/** All definitions in a folder and below it. */
export class FolderSource implements ModuleDefinitionSource {
  constructor(readonly id: string, private readonly folder: string) {}

  read(signal: AbortSignal): Promise<readonly ModuleDefinitionFile[]> {
    return readDefinitionsFolder(this.folder, signal);
  }

  onChange(listener: () => void): () => void {
    return watchFolder(this.folder, listener);
  }
}

/** One file of definitions, with the manifests and runbooks that it refers to beside it or below. */
export class FileSource implements ModuleDefinitionSource {
  constructor(readonly id: string, private readonly file: string) {}

  read(signal: AbortSignal): Promise<readonly ModuleDefinitionFile[]> {
    return readDefinitionsFile(this.file, signal);
  }

  onChange(listener: () => void): () => void {
    return watchFolder(dirname(this.file), listener);
  }
}
