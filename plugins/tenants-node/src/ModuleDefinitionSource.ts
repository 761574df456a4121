// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/**
 * A file of module definitions, or one that they refer to: manifests and runbooks.
 *
 * @public
 */
export type ModuleDefinitionFile = {
  /** Relative to the root of the source, with `/`; never with `..`. */
  readonly path: string;
  readonly text: string;
};

/**
 * A place that module definitions come from, beside the files, folders and URLs of the configuration.
 *
 * @public
 */
export interface ModuleDefinitionSource {
  /** Names the source in its status. Unique; letters, digits and dashes. */
  readonly id: string;
  /**
   * All files of the source as they are now. Called after changes and from time to time; every replica of the backend must come to the same
   * answer. When it throws, the files read last stay in use.
   */
  read(signal: AbortSignal): Promise<readonly ModuleDefinitionFile[]>;
  /** Calls back when the files may have changed. Returns the way to stop. Left out by a source that only finds out by reading. */
  onChange?(listener: () => void): () => void;
}

/** What {@link tenantsModuleDefinitionsExtensionPoint} gives to a backend module, to add sources with. @public */
export interface ModuleDefinitionsExtension {
  /** Adds a source. @throws Error when its id is taken or is none */
  addSource(source: ModuleDefinitionSource): void;
}

/**
 * Where a backend module of plugin `tenants` adds module definitions.
 *
 * @public
 */
export const tenantsModuleDefinitionsExtensionPoint =
  createExtensionPoint<ModuleDefinitionsExtension>({
    id: 'tenants.module-definitions',
  });
