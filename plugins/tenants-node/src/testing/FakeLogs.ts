// SPDX-License-Identifier: Apache-2.0
import type { LogOptions } from '../kube/KubeApi';

/** Names a container of a fake cluster. @public */
export type FakeContainer = Pick<LogOptions, 'namespace' | 'pod' | 'container'>;

/** The logs of a fake cluster, by container. */
export class FakeLogs {
  private readonly texts = new Map<string, Buffer>();

  set(container: FakeContainer, log: string): void {
    this.texts.set(keyOf(container), Buffer.from(log));
  }

  /** `undefined` when there is no such container. */
  get(container: FakeContainer): Buffer | undefined {
    return this.texts.get(keyOf(container));
  }
}

function keyOf({ namespace, pod, container }: FakeContainer): string {
  return [namespace, pod, container].join('/');
}
