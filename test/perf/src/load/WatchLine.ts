// SPDX-License-Identifier: Apache-2.0

type PodLike = { readonly metadata: object };

/** As long as a number below, so that one can be written over the other. */
const PLACEHOLDER = '@@@@@@@@@@';
/** Ten digits from here on, for more events than anybody counts. */
export const FIRST_NUMBER = 1_000_000_000;

/**
 * A watch event about a pod, as bytes that are there already: only the numbers in its name, its uid and its version are written anew.
 * Making one costs a copy, so that as many can be made as a reader takes.
 */
export class WatchLine {
  private readonly bytes: Buffer;
  private readonly bornAt: readonly number[];
  private readonly versionAt: number;

  constructor(type: 'ADDED' | 'DELETED', model: PodLike) {
    const metadata = {
      ...model.metadata,
      name: `short-${PLACEHOLDER}`,
      uid: `00000000-0000-4000-8000-00${PLACEHOLDER}`,
      resourceVersion: PLACEHOLDER,
    };
    const object = { ...model, metadata };
    this.bytes = Buffer.from(`${JSON.stringify({ type, object })}\n`);
    const after = (what: string) => this.bytes.indexOf(what) + what.length;
    this.bornAt = [after('"name":"short-'), after('-8000-00')];
    this.versionAt = after('"resourceVersion":"');
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Writes it into a buffer. Answers where it ends. */
  write(
    into: Buffer,
    at: number,
    { born, version }: { readonly born: number; readonly version: number },
  ): number {
    this.bytes.copy(into, at);
    for (const offset of this.bornAt) {
      into.write(String(FIRST_NUMBER + born), at + offset, 'latin1');
    }
    into.write(String(FIRST_NUMBER + version), at + this.versionAt, 'latin1');
    return at + this.bytes.length;
  }
}
