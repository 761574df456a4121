// SPDX-License-Identifier: Apache-2.0
import type { Response } from 'express';
import type { Clock } from '../../time/Clock';
import type { StreamSink } from './StreamSession';

/** How long a reader may take for what is left once the answer has ended. Then the connection is cut, so that it holds no place. */
export const CLOSE_GRACE_MS = 5_000;

/** A file as a browser saves it. */
export type DownloadedFile = {
  /** Letters, digits, dots, dashes and underscores only. */
  readonly name: string;
  readonly contentType: string;
};

/** Writes a stream’s lines to an HTTP answer. */
export class ResponseSink implements StreamSink {
  constructor(private readonly res: Response, private readonly clock: Clock) {}

  /** Sends the headers at once, so that the reader knows it is connected. `no-transform` keeps the host from compressing, which would hold lines back. */
  open(): void {
    this.res.status(200).set({
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.res.flushHeaders();
  }

  /** The same for what is saved and not shown. */
  openFile({ name, contentType }: DownloadedFile): void {
    this.res.status(200).set({
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      'X-Content-Type-Options': 'nosniff',
    });
    this.res.flushHeaders();
  }

  /** Breaks the connection, so that nobody takes what came for the whole. */
  abort(): void {
    this.res.destroy();
  }

  write(line: string): boolean {
    return this.res.write(line);
  }

  close(): void {
    const cancel = this.clock.after(CLOSE_GRACE_MS, () => this.res.destroy());
    this.res.once('close', cancel);
    this.res.end();
  }
}
