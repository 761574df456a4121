// SPDX-License-Identifier: Apache-2.0
import {
  POSTGRES_VARIABLE,
  startPostgres,
} from '../operations/testing/startPostgres';

/** The PostgreSQL server that the tests are run beside, or one of our own. `connection` names it. */
export async function sharedPostgres() {
  const given = process.env[POSTGRES_VARIABLE];
  return given
    ? { connection: given, stop: async () => {} }
    : await startPostgres();
}
