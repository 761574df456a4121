// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleDefinitionFile,
  ModuleDefinitionSource,
} from '@tenantry/backstage-plugin-tenants-node';

/** A source whose files tests write. */
export class FakeSource implements ModuleDefinitionSource {
  private files: readonly ModuleDefinitionFile[] = [];
  private readonly listeners = new Set<() => void>();
  private failure?: Error;
  /** How often it was read. */
  reads = 0;

  constructor(readonly id: string, text?: string) {
    if (text !== undefined) this.files = [{ path: `${id}.yaml`, text }];
  }

  async read(signal: AbortSignal): Promise<readonly ModuleDefinitionFile[]> {
    signal.throwIfAborted();
    this.reads += 1;
    if (this.failure) throw this.failure;
    return this.files;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes its one file; listeners are told. */
  write(text: string): void {
    this.failure = undefined;
    this.files = [{ path: `${this.id}.yaml`, text }];
    this.tell();
  }

  /** Lets reading fail; listeners are told. */
  fail(failure: Error): void {
    this.failure = failure;
    this.tell();
  }

  /** Tells listeners of a change. */
  tell(): void {
    this.listeners.forEach(listener => listener());
  }
}
