// SPDX-License-Identifier: Apache-2.0
import type { EndReason } from '@tenantry/backstage-plugin-tenants-common';

/** Why a request failed: an HTTP status, an answer that is not of the contract, or no answer at all. */
export type Problem =
  | {
      readonly kind: 'http';
      readonly status: number;
      /** What the portal said itself. */
      readonly message?: string;
    }
  | { readonly kind: 'contract' }
  | { readonly kind: 'network' }
  | { readonly kind: 'ended'; readonly reason: EndReason };

/**
 * How the tab is connected to the portal. Times are milliseconds since the epoch.
 * `connecting` has never been live; `paused` is a hidden tab; `stale` is `reconnecting` for 10 s or more.
 */
export type Connection = {
  readonly state: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'paused';
  /** When this outage began. */
  readonly since?: number;
  readonly nextTryAt?: number;
  /** When something was last heard. */
  readonly lastAt?: number;
  /** Tries that failed since it was last live. */
  readonly tries: number;
  /** What the last try failed with. */
  readonly problem?: Problem;
};

/** Why a subscription will not go on by itself. */
export type LiveEnd = { readonly reason: EndReason; readonly message: string };

/** One followed value, as the pages read it. */
export type Live<T> = {
  readonly value?: T;
  /** The moment the data is known to be of, as the server says it. */
  readonly at?: string;
  readonly end?: LiveEnd;
  readonly connection: Connection;
};

/** Names what is followed; equal topics share one subscription. */
export type LiveTopic =
  | { readonly kind: 'tenants' }
  | { readonly kind: 'platform' }
  | { readonly kind: 'tenant'; readonly tenant: string }
  | { readonly kind: 'operation'; readonly operation: string }
  /** Of one tenant, or of all. */
  | { readonly kind: 'operations'; readonly tenant: string | undefined };

/** The key under which equal topics meet. */
export function topicKey(topic: LiveTopic): string {
  switch (topic.kind) {
    case 'tenant':
      return `tenant:${topic.tenant}`;
    case 'operation':
      return `operation:${topic.operation}`;
    case 'operations':
      return `operations:${topic.tenant ?? ''}`;
    case 'tenants':
    case 'platform':
      return topic.kind;
    default:
      return topic satisfies never;
  }
}
