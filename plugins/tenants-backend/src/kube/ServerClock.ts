// SPDX-License-Identifier: Apache-2.0

/** One answer’s `Date` header, and our own times around it, in milliseconds since the epoch. */
export type DatedAnswer = {
  readonly date: string | string[] | undefined;
  readonly sentAt: number;
  readonly receivedAt: number;
};

/** A header tells whole seconds. */
const grainMs = 1_000;
/** Clocks that differ by less are taken for equal: the same for every replica whose own clock is about right. */
const toleranceMs = 2_000;
/** Clocks further apart are not believed: such a header was not written just now. */
const maxLeadMs = 24 * 3_600_000;
/** An answer that took longer says too little. */
const maxTripMs = 10_000;
/** So many answers in a row have to agree before the lead changes, as one server of several may be wrong. */
const confirmations = 3;

/**
 * How far a server’s clock is ahead of ours, as the `Date` headers of its answers tell.
 *
 * The first answer is believed. Later the lead stays as it is while answers agree with it within the tolerance, so that it does
 * not follow the second’s grain of the header; it changes when several answers in a row agree on another.
 */
export class ServerClock {
  private lead?: number;
  private candidate = 0;
  private agreeing = 0;

  /** How far the server is ahead; below zero when it is behind; `undefined` before the first answer. */
  get leadMs(): number | undefined {
    return this.lead;
  }

  /** Takes an answer in. */
  heard(answer: DatedAnswer): void {
    const lead = leadOf(answer);
    if (lead === undefined) return;
    if (this.lead === undefined) this.lead = lead;
    else if (isAbout(lead, this.lead)) this.agreeing = 0;
    else this.doubt(lead);
  }

  private doubt(lead: number): void {
    const agrees = this.agreeing > 0 && isAbout(lead, this.candidate);
    if (!agrees) this.candidate = lead;
    this.agreeing = agrees ? this.agreeing + 1 : 1;
    if (this.agreeing < confirmations) return;
    this.lead = this.candidate;
    this.agreeing = 0;
  }
}

function isAbout(a: number, b: number): boolean {
  return Math.abs(a - b) <= toleranceMs;
}

/** The middle of what the answer allows; 0 for next to nothing. */
function leadOf(answer: DatedAnswer): number | undefined {
  const { date, sentAt, receivedAt } = answer;
  if (typeof date !== 'string') return undefined;
  const trip = receivedAt - sentAt;
  // Also when our own clock was set meanwhile.
  if (trip < 0 || trip > maxTripMs) return undefined;
  const written = Date.parse(date) + grainMs / 2;
  const lead = Math.round(written - sentAt - trip / 2);
  if (!(Math.abs(lead) <= maxLeadMs)) return undefined;
  return isAbout(lead, 0) ? 0 : lead;
}
