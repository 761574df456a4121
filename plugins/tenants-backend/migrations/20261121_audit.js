// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** What makes a table append-only: rows leave it by retention, none is ever changed. */
const TRIGGERS = {
  pg: {
    up: `
      CREATE FUNCTION audit_events_refuse_update() RETURNS trigger AS $$
      BEGIN RAISE EXCEPTION 'audit_events is append-only'; END;
      $$ LANGUAGE plpgsql;
      CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
        FOR EACH ROW EXECUTE FUNCTION audit_events_refuse_update();`,
    down: 'DROP FUNCTION audit_events_refuse_update() CASCADE;',
  },
  sqlite: {
    up: `
      CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
      BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END;`,
    down: 'DROP TRIGGER audit_events_no_update;',
  },
};

/** @param {import('knex').Knex} knex */
function triggersOf(knex) {
  return knex.client.config.client === 'pg' ? TRIGGERS.pg : TRIGGERS.sqlite;
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_events', table => {
    table.comment('Who did and saw what, hash-chained per tenant');
    table.string('tenant', 40).notNullable();
    table.integer('seq').notNullable().comment('From 1 per tenant, no gaps');
    table.string('at', 24).notNullable().comment('UTC, ISO 8601');
    table.string('actor', 320).notNullable();
    table.string('action', 63).notNullable();
    table.string('outcome', 16).notNullable();
    table.text('detail').notNullable().comment('JSON, no secrets');
    table.string('previous_hash', 43).notNullable();
    table.string('hash', 43).notNullable();
    table.primary(['tenant', 'seq']);
    table.index(['at'], 'audit_events_at_idx');
  });
  await knex.raw(triggersOf(knex).up);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(triggersOf(knex).down);
  await knex.schema.dropTable('audit_events');
};
