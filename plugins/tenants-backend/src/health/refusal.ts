// SPDX-License-Identifier: Apache-2.0
import { because, clip } from './Verdict';

const EXCEEDED = /exceeded quota: ([^\s,]+),\s*(.*)$/s;
const UNSPECIFIED = /failed quota: ([^\s:,]+):\s*(.*)$/s;
const FORBIDDEN = /pods "[^"]*" is forbidden:\s*(.*)$/s;

/** Why the API server refuses the pods of a workload. */
export type Refusal = {
  readonly reason: 'ExceededQuota' | 'FailedQuota' | 'FailedCreate';
  /** To be read after the numbers: `quota compute does not allow more pods (…)`. */
  readonly words: string;
  /** The object behind it, `ResourceQuota/compute`. */
  readonly root?: string;
};

/** Reads why pods cannot be created from what their controller says; Kubernetes gives no other sign of a full quota than this text. */
export function explainRefusal(text: string): Refusal {
  const exceeded = EXCEEDED.exec(text);
  if (exceeded) {
    const [, name, detail = ''] = exceeded;
    const words = `quota ${name} does not allow more pods (${clip(detail)})`;
    return { reason: 'ExceededQuota', words, root: `ResourceQuota/${name}` };
  }
  const unspecified = UNSPECIFIED.exec(text);
  if (unspecified) {
    const [, name, detail = ''] = unspecified;
    const words = `quota ${name} refuses its pods (${clip(detail)})`;
    return { reason: 'FailedQuota', words, root: `ResourceQuota/${name}` };
  }
  const detail = FORBIDDEN.exec(text)?.[1] ?? text;
  const words = `its pods cannot be created${because(detail)}`;
  return { reason: 'FailedCreate', words };
}
