// SPDX-License-Identifier: Apache-2.0
import type { Health } from '@tenantry/backstage-plugin-tenants-common';

/** Where the fault shows, and what lies behind it. */
export type Evidence = {
  /** A pod whose log and events show the fault. */
  readonly pod?: string;
  readonly container?: string;
  /** Whether the log before the last crash can be read. */
  readonly previousLog?: boolean;
  /** How often the container ended since the state began, and what all of these ends have in common. */
  readonly ended?: { readonly times: number; readonly reason?: string };
  /** About when the container is started again; ISO time. */
  readonly nextStartAt?: string;
  /** Faults with one root are one cause, for example `ResourceQuota/compute`. */
  readonly root?: string;
};

/** The state of one object, with what is needed to explain it and to look at it again. */
export type Verdict = Readonly<Health> & {
  /** When the verdict becomes another one although nothing changes in the cluster. */
  readonly changesAt?: Date;
  readonly evidence?: Evidence;
};

/** Longest text of a cluster that enters a message. */
const MAX_CLUSTER_TEXT = 400;

/** Says that nothing is wrong. */
export function healthy(reason = 'Healthy', since?: string): Verdict {
  return { code: 'Healthy', reason, message: '', since };
}

/** Keeps the part of a verdict that goes over the wire, without keys that have no value. */
export function healthOf(verdict: Verdict): Health {
  const { code, reason, message, since } = verdict;
  return since ? { code, reason, message, since } : { code, reason, message };
}

/** Makes a text of the cluster fit into a sentence: one line, bounded, without its full stop. */
export function clip(text: string): string {
  const line = text
    .slice(0, 4 * MAX_CLUSTER_TEXT)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_CLUSTER_TEXT
    ? `${line.slice(0, MAX_CLUSTER_TEXT - 1)}…`
    : line.replace(/\.$/, '');
}

/** Adds what the cluster says to a sentence that stands without it too. */
export function because(text: string | undefined): string {
  const said = clip(text ?? '');
  return said ? `: ${said}` : '';
}

/** Writes a number with its noun: `1 pod`, `2 pods`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Says that somebody wants no pods. */
export function scaledToZero(): Verdict {
  const message = 'Scaled to zero.';
  return { code: 'Suspended', reason: 'ScaledToZero', message };
}
