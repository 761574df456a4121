// SPDX-License-Identifier: Apache-2.0
import {
  applyMergePatch,
  type StreamMessage,
  type Subscription,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LiveEnd, LiveTopic } from './Live';

/** What is held of one subscription, between streams as well. */
export type LiveEntry = {
  readonly id: string;
  readonly topic: LiveTopic;
  readonly value?: unknown;
  readonly version?: string;
  readonly cursor?: string;
  readonly at?: string;
  readonly end?: LiveEnd;
};

/** What became of a message: `mismatch` means that the patch does not fit and nothing was changed. */
export type FoldResult = LiveEntry | 'mismatch';

/** Turns what was sent for a topic into its model. @throws ZodError when it is not of the contract. */
export type TopicParser = (topic: LiveTopic, value: unknown) => unknown;

/** Takes a message into an entry. */
export function foldMessage(
  entry: LiveEntry,
  message: StreamMessage,
  parse: TopicParser,
): FoldResult {
  switch (message.t) {
    case 'snapshot':
      return {
        ...entry,
        value: parse(entry.topic, message.d),
        version: message.v,
        cursor: message.c,
        at: message.at ?? entry.at,
        end: undefined,
      };
    case 'patch':
      if (entry.version !== message.from) return 'mismatch';
      return {
        ...entry,
        value: applyMergePatch(entry.value, message.d),
        version: message.v,
        cursor: message.c,
        at: message.at ?? entry.at,
      };
    case 'heartbeat':
      return { ...entry, at: message.at ?? entry.at };
    case 'end':
      return { ...entry, end: message.d };
    case 'event':
    case 'gap':
      return entry;
    default:
      return message satisfies never;
  }
}

/** The entry as the stream request asks for it: with its cursor, so that only what was missed is sent. */
export function toSubscription(entry: LiveEntry): Subscription {
  const { id, topic, cursor } = entry;
  switch (topic.kind) {
    case 'tenant': {
      const { kind, tenant } = topic;
      return { id, cursor, kind, params: { tenant } };
    }
    case 'operation': {
      const { kind, operation } = topic;
      return { id, cursor, kind, params: { operation } };
    }
    case 'operations': {
      const { kind, tenant } = topic;
      return {
        id,
        cursor,
        kind,
        params: tenant === undefined ? {} : { tenant },
      };
    }
    case 'tenants':
    case 'platform':
      return { id, cursor, kind: topic.kind };
    default:
      return topic satisfies never;
  }
}
