// SPDX-License-Identifier: Apache-2.0

/** What a fake cluster is asked to do. @public */
export type FakeVerb = 'get' | 'list' | 'watch' | 'review' | 'log' | 'version';

/** A call that a fake cluster got. @public */
export type FakeRequest = {
  readonly verb: FakeVerb;
  /** As `resourceName` says it. */
  readonly resource: string;
  readonly namespace?: string;
};
