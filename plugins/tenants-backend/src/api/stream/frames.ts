// SPDX-License-Identifier: Apache-2.0
import type { EndReason } from '@tenantry/backstage-plugin-tenants-common';
import type { Frame } from './Outbox';

/** A value or patch with where it stands. */
export type Stamp = {
  readonly version: string;
  readonly cursor: string;
  /** When the data is known to be of; `undefined` when never. */
  readonly at: string | undefined;
};

/** The whole value; `valueJson` is JSON. */
export function snapshotFrame(stamp: Stamp, valueJson: string): Frame {
  return `"t":"snapshot",${stampJson(stamp)},"d":${valueJson}`;
}

/** A merge patch from the version `from`; `patchJson` is JSON. */
export function patchFrame(
  from: string,
  stamp: Stamp,
  patchJson: string,
): Frame {
  return `"t":"patch","from":${JSON.stringify(from)},${stampJson(
    stamp,
  )},"d":${patchJson}`;
}

/** A sign of life. */
export function heartbeatFrame(at: string | undefined): Frame {
  return at === undefined
    ? '"t":"heartbeat"'
    : `"t":"heartbeat","at":${JSON.stringify(at)}`;
}

/** The last frame of a subscription or stream. */
export function endFrame(reason: EndReason, message: string): Frame {
  return `"t":"end","d":${JSON.stringify({ reason, message })}`;
}

function stampJson({ version, cursor, at }: Stamp): string {
  return JSON.stringify({ v: version, c: cursor, at }).slice(1, -1);
}
