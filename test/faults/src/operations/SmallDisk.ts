// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';

const SIZE_MB = 4;

/**
 * A place for a SQLite file that can be filled to the last byte: a small tmpfs where this process may mount one, else a limit on
 * the pages of the file, which fails with the same error.
 */
export class SmallDisk {
  private constructor(readonly folder: string, readonly isMounted: boolean) {}

  static make(): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'tenantry-disk-'));
    try {
      execFileSync(
        'mount',
        ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder],
        { stdio: 'ignore' },
      );
      return new SmallDisk(folder, true);
    } catch {
      return new SmallDisk(folder, false);
    }
  }

  get file(): string {
    return join(this.folder, 'operations.sqlite');
  }

  async fill(knex: Knex): Promise<void> {
    if (!this.isMounted) {
      const [{ page_count: pages }] = await knex.raw('PRAGMA page_count');
      await knex.raw(`PRAGMA max_page_count = ${pages}`);
      return;
    }
    const block = Buffer.alloc(64 * 1024);
    for (let size = block.length; size >= 512; size = Math.floor(size / 2)) {
      try {
        for (;;) {
          const file = join(this.folder, 'filler');
          writeFileSync(file, block.subarray(0, size), { flag: 'a' });
        }
      } catch {
        // Full for blocks of this size.
      }
    }
  }

  async free(knex: Knex): Promise<void> {
    if (this.isMounted) rmSync(join(this.folder, 'filler'), { force: true });
    else await knex.raw('PRAGMA max_page_count = 1000000');
  }

  remove(): void {
    if (this.isMounted) {
      execFileSync('umount', ['-l', this.folder], { stdio: 'ignore' });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
