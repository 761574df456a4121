// SPDX-License-Identifier: Apache-2.0
import type { LogOptions } from '@tenantry/backstage-plugin-tenants-node';
import { comparableTime, lineTime } from '../lineTime';
import { FakeLogApi, logFailure } from './FakeLogApi';

/** An API server with one finished log that it serves as a kubelet does, and whose answers break off when told to. */
export class RotatingLogApi extends FakeLogApi {
  /** Bytes after which the next answers break off, one for each. */
  readonly breaks: number[] = [];
  /** Lines that a rotation has taken away. */
  rotated = 0;

  constructor(private readonly lines: readonly string[]) {
    super();
  }

  override async *readLog(
    options: LogOptions,
  ): AsyncGenerator<Buffer, void, void> {
    this.requests.push(options);
    const since = options.sinceTime && comparableTime(options.sinceTime);
    const kept = this.lines
      .slice(this.rotated)
      .filter(line => since === undefined || (lineTime(line) ?? '') >= since);
    const tail = options.tailLines ?? kept.length;
    const bytes = Buffer.from(
      kept
        .slice(kept.length - Math.min(tail, kept.length))
        .map(line => `${line}\n`)
        .join(''),
    );
    const end = this.breaks.shift();
    if (end === undefined) {
      yield bytes;
      return;
    }
    yield bytes.subarray(0, end);
    throw logFailure(undefined, 'Unreachable');
  }
}
