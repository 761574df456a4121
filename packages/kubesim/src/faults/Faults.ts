// SPDX-License-Identifier: Apache-2.0
import type { RequestInfo } from '../api/RequestInfo';
import type { HugeShape } from './hugeObject';

/** @public */
export const FAULT_KINDS = [
  'httpStatus',
  'unauthorized',
  'forbid',
  'latency',
  'emptyList',
  'continueExpired',
  'truncatedBody',
  'hugeObject',
  'clockSkew',
  'refuseConnections',
  'watchExpired',
  'watchCut',
  'watchReset',
  'stallMidLine',
  'garbageLine',
  'silent',
  'duplicateEvents',
  'replayEvents',
  'reorderEvents',
] as const;

/** @public */
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * A fault to inject. `times` is how often; most sudden faults default to once, lasting ones to no end.
 *
 * @public
 */
export type FaultSpec = {
  readonly kind: FaultKind;
  readonly times?: number;
  /** Only requests that match every given member; `resource` as in `deployments.apps`. */
  readonly match?: {
    readonly verb?: string;
    readonly resource?: string;
    readonly namespace?: string;
    /** Name of the caller. Only `unauthorized` looks at it. */
    readonly user?: string;
  };
  /** httpStatus: the code, its reason and `Retry-After`. */
  readonly status?: number;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;
  /** latency: how long an answer waits; clockSkew: how far the Date header is off. */
  readonly ms?: number;
  /** Sudden watch faults: how long after a watch opens. Watches that are open when it is armed are hit at once. */
  readonly afterMs?: number;
  /** hugeObject: how large. */
  readonly bytes?: number;
  /** hugeObject: large in bytes (the default), in 100,000 labels, or nested 100,000 deep. */
  readonly shape?: HugeShape;
  /** emptyList: the version the wrong list carries. */
  readonly resourceVersion?: string;
};

/** A fault that was armed. @public */
export interface ArmedFault {
  readonly id: string;
  readonly spec: FaultSpec;
  /** How often it was injected. */
  readonly injected: number;
  /** Disarms it. Resolves when its effect is over, as when the server listens again. */
  clear(): Promise<void>;
}

/** What a fault needs of the listening server. */
export type ConnectionPort = {
  refuse(): Promise<void>;
  accept(): Promise<void>;
};

const LASTING: ReadonlySet<FaultKind> = new Set([
  'unauthorized',
  'forbid',
  'latency',
  'clockSkew',
  'refuseConnections',
  'silent',
  'duplicateEvents',
  'replayEvents',
  'reorderEvents',
]);
const MAX_ARMED = 1000;

class Armed implements ArmedFault {
  injected = 0;
  active = true;

  constructor(
    readonly id: string,
    readonly spec: FaultSpec,
    private readonly onClear: (fault: Armed) => Promise<void>,
  ) {}

  get spent(): boolean {
    const { times = LASTING.has(this.spec.kind) ? Infinity : 1 } = this.spec;
    return !this.active || this.injected >= times;
  }

  clear(): Promise<void> {
    return this.onClear(this);
  }
}

/** The faults of one simulated cluster: armed by tests, counted as they are injected. @public */
export class Faults {
  private readonly armed = new Map<string, Armed>();
  private readonly listeners = new Set<(spec: FaultSpec) => void>();
  private connections: ConnectionPort | undefined;
  private connectionChange: Promise<void> = Promise.resolve();
  private nextId = 1;

  /** @internal */
  connect(port: ConnectionPort): void {
    this.connections = port;
  }

  /** Calls back for each newly armed fault. @internal */
  onArm(listener: (spec: FaultSpec) => void): void {
    this.listeners.add(listener);
  }

  /** Arms a fault. @throws Error when too many are armed */
  arm(spec: FaultSpec): ArmedFault {
    if (this.armed.size >= MAX_ARMED)
      throw new Error(
        `At most ${MAX_ARMED} faults can be armed: clear some first`,
      );
    const fault = new Armed(`fault-${this.nextId}`, spec, item =>
      this.clear(item),
    );
    this.nextId += 1;
    this.armed.set(fault.id, fault);
    if (spec.kind === 'refuseConnections') {
      fault.injected += 1;
      this.connectionChange = this.connections?.refuse() ?? Promise.resolve();
    }
    for (const listener of this.listeners) listener(spec);
    return fault;
  }

  get(id: string): ArmedFault | undefined {
    return this.armed.get(id);
  }

  list(): ArmedFault[] {
    return [...this.armed.values()];
  }

  async clearAll(): Promise<void> {
    for (const fault of this.list()) await fault.clear();
  }

  /** The fault of this kind that is to hit this request, counted; `undefined` when there is none. @internal */
  take(
    kind: FaultKind,
    info: RequestInfo | undefined,
    user?: string,
  ): FaultSpec | undefined {
    const fault = this.find(kind, info, user);
    if (!fault) return undefined;
    fault.injected += 1;
    return fault.spec;
  }

  /** Whether such a fault is armed for this request, without counting it. @internal */
  has(kind: FaultKind, info: RequestInfo | undefined): boolean {
    return this.find(kind, info) !== undefined;
  }

  private find(
    kind: FaultKind,
    info: RequestInfo | undefined,
    user?: string,
  ): Armed | undefined {
    if (this.armed.size === 0) return undefined;
    for (const fault of this.armed.values()) {
      if (fault.spec.kind !== kind || fault.spent) continue;
      if (matches(fault.spec, info, user)) return fault;
    }
    return undefined;
  }

  private async clear(fault: Armed): Promise<void> {
    if (!fault.active) return;
    fault.active = false;
    this.armed.delete(fault.id);
    if (fault.spec.kind !== 'refuseConnections') return;
    await this.connectionChange;
    await this.connections?.accept();
  }
}

function matches(
  { match }: FaultSpec,
  info: RequestInfo | undefined,
  user: string | undefined,
): boolean {
  if (!match) return true;
  if (match.user && match.user !== user) return false;
  if (match.verb && match.verb !== info?.verb) return false;
  if (match.resource && match.resource !== info?.kind.resource) return false;
  return !match.namespace || match.namespace === info?.namespace;
}
