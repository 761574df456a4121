// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { ClusterInformers } from '../../../../../plugins/tenants-backend/src/informers/ClusterInformers';
import type { ClusterChange } from '../../../../../plugins/tenants-backend/src/informers/Lister';
import { namespaceObject } from '../../../../../plugins/tenants-backend/src/informers/testing';
import { Store } from '../../../../../plugins/tenants-backend/src/informers/Store';
import { TenantSnapshots } from '../../../../../plugins/tenants-backend/src/snapshots/TenantSnapshots';
import { systemClock } from '../../../../../plugins/tenants-backend/src/time/Clock';
import { tenantName } from '../../portal/tenantName';
import { quietLogger } from '../../quietLogger';
import { noteDerivation, noteMetadata, SIZES } from './noteDerivation';

function unreachable(): never {
  throw new Error('There is no cluster behind this.');
}

const noApi: KubeApi = {
  cluster: 'bench',
  version: unreachable,
  get: unreachable,
  list: unreachable,
  watch: unreachable,
  apply: unreachable,
  create: unreachable,
  mergePatch: unreachable,
  delete: unreachable,
  readLog: unreachable,
  reviewAccess: unreachable,
  close: unreachable,
};

/** The product’s snapshots of tenants that hold one note each, whose change makes a patch of 256 bytes to 4 KB. */
export class FanoutSource {
  readonly snapshots: TenantSnapshots;
  private readonly listeners = new Set<(change: ClusterChange) => void>();
  private readonly informers: ClusterInformers;
  private version = 1;

  constructor(private readonly tenants: number) {
    this.informers = new ClusterInformers({
      api: noApi,
      clock: systemClock,
      random: Math.random,
      logger: quietLogger,
      onChange: namespace => this.tell(namespace),
    });
    this.snapshots = new TenantSnapshots({
      clusters: {
        list: () => [this.informers],
        onChange: listener => {
          this.listeners.add(listener);
          return () => this.listeners.delete(listener);
        },
      },
      derivation: noteDerivation,
      clock: systemClock,
      onFailure: (_, error) => {
        throw error;
      },
    });
    this.snapshots.start(new AbortController().signal);
    this.changeAll();
  }

  /** Changes every tenant’s note, which begins with the time. */
  changeAll(): void {
    const store = this.informers.listers.namespaces;
    if (!(store instanceof Store)) throw new Error('The cache has no store.');
    for (let i = 0; i < this.tenants; i++) {
      const at = performance.timeOrigin + performance.now();
      const tenant = tenantName(i);
      const note = `at=${at.toFixed(3)} `.padEnd(SIZES[i % SIZES.length], 'x');
      store.upsert(
        namespaceObject({
          name: `${tenant}-prod`,
          ...noteMetadata(tenant, note),
          resourceVersion: String(this.version++),
        }),
      );
    }
  }

  private tell(namespace: string): void {
    for (const listener of this.listeners) {
      listener({ cluster: 'bench', namespace });
    }
  }
}
