// SPDX-License-Identifier: Apache-2.0
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Bodies smaller than this are not worth compressing. */
const MIN_GZIP_BYTES = 1024;

/**
 * An answer’s body: serialised at most once and compressed at most once, whoever asks and however often. Once it is compressed,
 * only that is kept.
 */
export class SnapshotBody {
  private bytes?: Buffer;
  private zipped?: Buffer;
  private zipping?: Promise<Buffer>;

  /** @param etag - Strong ETag with its quotes. */
  constructor(
    readonly etag: string,
    private readonly serialise: () => string,
  ) {}

  /** The JSON as UTF-8. Shared: not to be changed. */
  plain(): Buffer {
    if (this.zipped) return gunzipSync(this.zipped);
    this.bytes ??= Buffer.from(this.serialise());
    return this.bytes;
  }

  /** The same compressed, or `undefined` when it is too small for that. */
  async gzipped(): Promise<Buffer | undefined> {
    if (this.zipped) return this.zipped;
    const plain = this.plain();
    if (plain.length < MIN_GZIP_BYTES) return undefined;
    this.zipping ??= compress(plain);
    this.zipped = await this.zipping;
    this.bytes = undefined;
    this.zipping = undefined;
    return this.zipped;
  }
}
