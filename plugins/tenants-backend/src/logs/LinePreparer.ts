// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import { detectLevel, isJsonObject } from './detectLevel';
import type { RawLine } from './LineSplitter';
import { lineTime, microsecondsOf } from './lineTime';
import type { LogLine } from './LogLine';
import { LineMasker, type Mask } from './masking/LineMasker';
import type { KnownSecrets } from './masking/KnownSecrets';

/** How lines are made ready. */
export type PrepareOptions = {
  /** Whose values are masked; absent: nothing is masked. */
  readonly mask: KnownSecrets | undefined;
  /** Longer lines are cut. */
  readonly lineBytes?: number;
};

const NO_MASKS: readonly Mask[] = [];
/** UTF-8 bytes of one UTF-16 unit at most. */
const MAX_UNIT_BYTES = 3;

/** Makes the lines of one container ready to be sent, one after the other: finds their time, masks, cuts, and says their level. */
export class LinePreparer {
  private readonly masker: LineMasker | undefined;
  private readonly lineBytes: number;
  private time = '';
  private at = 0;
  private index = -1;

  constructor({ mask, lineBytes = LOG_LIMITS.lineBytes }: PrepareOptions) {
    this.masker = mask && new LineMasker(mask);
    this.lineBytes = lineBytes;
  }

  prepare({ text: raw, cutBytes }: RawLine): LogLine {
    const own = lineTime(raw);
    const from = own === undefined ? 0 : raw.indexOf(' ') + 1 || raw.length;
    this.count(own);
    const { text: masked, masks } = this.masker?.mask(raw, from) ?? {
      text: raw,
      masks: NO_MASKS,
    };
    const text = this.cut(masked, cutBytes > 0);
    const isCut = text !== masked || cutBytes > 0;
    const behind = text.slice(from);
    return {
      text,
      time: this.time,
      at: this.at,
      index: this.index,
      level: detectLevel(behind),
      isJson: !isCut && isJsonObject(behind),
      cutBytes: isCut ? cutBytes || Buffer.byteLength(raw) : 0,
      masks,
    };
  }

  /** A line without a time belongs to the one before it. */
  private count(time: string | undefined): void {
    if (time === undefined || time === this.time) {
      this.index += 1;
      return;
    }
    this.time = time;
    this.at = microsecondsOf(time);
    this.index = 0;
  }

  private cut(text: string, wasCut: boolean): string {
    const { lineBytes } = this;
    const fits =
      text.length * MAX_UNIT_BYTES <= lineBytes ||
      Buffer.byteLength(text) <= lineBytes;
    if (fits && !wasCut) return text;
    return cutText(text, lineBytes) + cutMarker(lineBytes);
  }
}

/** Says where a line was cut. */
export function cutMarker(bytes: number = LOG_LIMITS.lineBytes): string {
  return ` … [line cut after ${bytes} bytes]`;
}

/** The longest beginning of a text that fits, without half a character. */
function cutText(text: string, bytes: number): string {
  const target = Buffer.alloc(bytes);
  const { read } = new TextEncoder().encodeInto(text, target);
  return text.slice(0, read);
}
