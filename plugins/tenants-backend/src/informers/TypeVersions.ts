// SPDX-License-Identifier: Apache-2.0
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';

/** The versions of a kind, of which a cluster may serve but one. */
export class TypeVersions {
  private readonly versions: readonly string[];
  private at = 0;
  private tried = 0;

  constructor(
    private readonly type: ResourceType,
    older: readonly string[] = [],
  ) {
    this.versions = [type.version, ...older];
  }

  /** The one to ask for. */
  get current(): ResourceType {
    const version = this.versions[this.at] ?? this.type.version;
    return { ...this.type, version };
  }

  /** The current one is served. */
  found(): void {
    this.tried = 0;
  }

  /** The current one is not served: goes on to the next. Returns false when each was tried. */
  next(): boolean {
    this.at = (this.at + 1) % this.versions.length;
    this.tried++;
    if (this.tried < this.versions.length) return true;
    this.tried = 0;
    return false;
  }
}
