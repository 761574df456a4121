// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import {
  fingerprint,
  MIN_KNOWN_LENGTH,
  type SecretFingerprints,
  type TenantFingerprints,
} from './KnownSecrets';

/** Named limits of prints. */
export const PRINT_LIMITS = {
  /** Newest values of one secret: pods that have not been restarted still log the one before. */
  perSecret: 3,
  /** Of one tenant; more are not looked for. */
  perTenant: 2_000,
  keyBytes: 32,
} as const;

type PrintRow = {
  readonly tenant: string;
  readonly secret: string;
  readonly hash: string;
  readonly length: number;
  readonly at: string;
};
type KeyRow = { readonly tenant: string; readonly key: string };

const PRINTS = 'secret_prints';
const KEYS = 'secret_print_keys';

/**
 * Keyed prints of the values that were set or made through Tenantry. Whoever has the database can try words against them, as
 * against any hash; whoever has only a log cannot.
 */
export class SecretPrintStore implements SecretFingerprints {
  constructor(
    private readonly knex: Knex,
    private readonly clock: { now(): number },
  ) {}

  async forTenant(tenant: string): Promise<TenantFingerprints> {
    const key = await this.findKey(tenant);
    if (!key) return { key: new Uint8Array(), prints: [] };
    const prints = await this.knex<PrintRow>(PRINTS)
      .where({ tenant })
      .orderBy('at', 'desc')
      .limit(PRINT_LIMITS.perTenant)
      .select('length', 'hash');
    return { key, prints };
  }

  /** Remembers the print of a value that was set. A short value is a word that stands in any log, so it is not looked for. */
  async remember(tenant: string, secret: string, value: string): Promise<void> {
    if (value.length < MIN_KNOWN_LENGTH) return;
    const print = fingerprint(await this.makeKey(tenant), value);
    const at = new Date(this.clock.now()).toISOString();
    await this.knex<PrintRow>(PRINTS)
      .insert({ tenant, secret, ...print, at })
      .onConflict(['tenant', 'secret', 'hash'])
      .merge({ at });
    await this.removeOld(tenant, secret);
  }

  private async removeOld(tenant: string, secret: string): Promise<void> {
    const newest = await this.knex<PrintRow>(PRINTS)
      .where({ tenant, secret })
      .orderBy('at', 'desc')
      .select('hash');
    const old = newest.slice(PRINT_LIMITS.perSecret).map(({ hash }) => hash);
    if (old.length === 0) return;
    await this.knex<PrintRow>(PRINTS)
      .where({ tenant, secret })
      .whereIn('hash', old)
      .delete();
  }

  /** Two processes may make one at once: the first to write wins, and both use that. */
  private async makeKey(tenant: string): Promise<Buffer> {
    const known = await this.findKey(tenant);
    if (known) return known;
    const key = randomBytes(PRINT_LIMITS.keyBytes).toString('base64');
    await this.knex<KeyRow>(KEYS)
      .insert({ tenant, key })
      .onConflict('tenant')
      .ignore();
    const written = await this.findKey(tenant);
    if (!written) throw new Error(`No key could be kept for ${tenant}.`);
    return written;
  }

  private async findKey(tenant: string): Promise<Buffer | undefined> {
    const row = await this.knex<KeyRow>(KEYS).where({ tenant }).first();
    return row && Buffer.from(row.key, 'base64');
  }
}
