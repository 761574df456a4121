// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleDefinitionsExtension,
  ModuleDefinitionSource,
} from '@tenantry/backstage-plugin-tenants-node';

const SOURCE_ID = /^[A-Za-z0-9][-A-Za-z0-9]{0,62}$/;

/** The sources that modules add while the backend starts. */
export class DefinitionSources implements ModuleDefinitionsExtension {
  private readonly sources = new Map<string, ModuleDefinitionSource>();

  /** @throws Error that names the source and the rule it breaks */
  addSource(source: ModuleDefinitionSource): void {
    const { id } = source;
    if (!SOURCE_ID.test(id)) {
      throw new Error(
        `The source of module definitions ${JSON.stringify(
          id,
        )} is refused: its id must be letters, digits and dashes.`,
      );
    }
    if (this.sources.has(id)) {
      throw new Error(
        `The source of module definitions "${id}" is refused: another module has added one of that id.`,
      );
    }
    this.sources.set(id, source);
  }

  /** By id: not by the order in which modules happened to start. */
  list(): readonly ModuleDefinitionSource[] {
    return [...this.sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
