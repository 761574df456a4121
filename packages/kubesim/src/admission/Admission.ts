// SPDX-License-Identifier: Apache-2.0
import type { Caller } from '../access/Caller';
import type { Kind } from '../kinds/Kind';
import type { KubeObject } from '../storage/Objects';

/** The HTTP call a write came with. Writes of controllers in this process have none. */
export type WriteCall = {
  readonly caller: Caller;
  /** Adds a `Warning` header to the answer. */
  readonly warn: (text: string) => void;
};
/** An object as it is to be stored, and, when it is there already, as it is. */
export type Change = {
  readonly draft: KubeObject;
  readonly current?: KubeObject;
};

/** What may still change or refuse an object before it is stored. Not asked about writes of the status alone. */
export interface Admission {
  /** Asked before the object is validated; may change the draft. @throws ApiError 403 */
  admit?(kind: Kind, change: Change, call?: WriteCall): void;
  /** Asked after the object is validated. @throws ApiError 403 */
  validate?(kind: Kind, change: Change, call?: WriteCall): void;
}
