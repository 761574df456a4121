// SPDX-License-Identifier: Apache-2.0

/** What a fake cluster is asked to do. @public */
export type FakeVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'apply'
  | 'create'
  | 'patch'
  | 'delete'
  | 'review'
  | 'log'
  | 'version';

/** A call that a fake cluster got. @public */
export type FakeRequest = {
  readonly verb: FakeVerb;
  /** As `resourceName` says it. */
  readonly resource: string;
  readonly namespace?: string;
  /** Of a write: the object. */
  readonly name?: string;
};
