// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KubeObject } from '../storage/Objects';

/** What may still change or refuse an object before it is stored. */
export interface Admission {
  /** May change the draft. @throws ApiError 403 */
  admitCreate(kind: Kind, draft: KubeObject): void;
}
