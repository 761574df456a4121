// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** States in which an operation has begun and has not ended. */
const ACTIVE = "state IN ('running', 'retrying', 'cancelling')";

/** What knex cannot say: indexes over some of the rows. */
const PARTIAL_INDEXES = [
  `CREATE UNIQUE INDEX operations_one_per_tenant ON operations (tenant) WHERE ${ACTIVE}`,
  `CREATE UNIQUE INDEX operations_slot ON operations (slot) WHERE slot IS NOT NULL`,
  `CREATE INDEX operations_queue ON operations (priority, seq) WHERE state = 'queued' AND ready = 1`,
  `CREATE INDEX operations_behind ON operations (tenant, priority, seq) WHERE state = 'queued'`,
  `CREATE INDEX operations_due ON operations (due_at) WHERE ${ACTIVE}`,
  `CREATE INDEX operations_ended ON operations (ended_at) WHERE ended_at IS NOT NULL`,
];

/** @param {import('knex').Knex.CreateTableBuilder} table */
function operations(table) {
  table.comment('Everything that changes a cluster; times in ms since 1970');
  table.bigIncrements('seq').comment('Order of the queue and of lists');
  table.string('id', 32).notNullable().unique();
  table.string('tenant', 63).notNullable();
  table.string('type', 16).notNullable();
  table.string('title', 300).notNullable();
  table.integer('priority').notNullable().comment('0: a person waits');
  table.string('state', 16).notNullable();
  table.integer('ready').notNullable().comment('1: next of its tenant');
  table.text('request').notNullable().comment('JSON, no secrets');
  table.string('request_hash', 22).notNullable();
  table.string('idempotency_key', 100).notNullable();
  table.string('requested_by', 320).notNullable();
  table.text('ownership').comment('JSON: the requester and its groups');
  table.text('environments').notNullable().comment('|name|name|');
  table.string('retry_of', 32);
  table.integer('attempt').notNullable();
  table.integer('max_attempts').notNullable();
  table.integer('planned').notNullable().comment('1: its steps are known');
  table.string('owner', 64).comment('The lease; no two are the same');
  table.bigInteger('fence').notNullable();
  table.integer('slot').comment('Which of the leases there may be at once');
  table.bigInteger('due_at').comment('End of the lease, or of the wait');
  table.text('error');
  table.text('result');
  table.bigInteger('created_at').notNullable();
  table.bigInteger('started_at');
  table.bigInteger('ended_at');
  table.integer('last_event').notNullable();
  table.integer('event_bytes').notNullable();
  table.integer('dropped').notNullable().comment('1: its log is full');
  table.integer('version').notNullable().comment('Grows with every write');
  table.string('write_id', 32).comment('Of the newest write under a lease');
  table.unique(['requested_by', 'tenant', 'idempotency_key'], {
    indexName: 'operations_idempotency',
  });
  table.index(['tenant', 'seq'], 'operations_of_tenant');
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function steps(table) {
  table.bigInteger('operation').notNullable();
  table.string('step_key', 200).notNullable();
  table.integer('position').notNullable();
  table.string('title', 300).notNullable();
  table.string('environment', 63);
  table.string('cluster', 253);
  table.integer('wave');
  table.string('state', 16).notNullable();
  table.text('input').notNullable();
  table.bigInteger('started_at');
  table.bigInteger('ended_at');
  table.text('message');
  table.text('changes');
  table.text('error');
  table.primary(['operation', 'step_key']);
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function events(table) {
  table.bigInteger('operation').notNullable();
  table.integer('seq').notNullable().comment('From 1 per operation, no gaps');
  table.bigInteger('at').notNullable();
  table.string('type', 16).notNullable();
  table.string('level', 16).notNullable();
  table.integer('step');
  table.text('message').notNullable();
  table.primary(['operation', 'seq']);
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function revisions(table) {
  table.comment('What environments were after each operation; never changed');
  table.string('tenant', 63).notNullable();
  table.string('environment', 63).notNullable();
  table.integer('revision').notNullable();
  table.bigInteger('at').notNullable();
  table.string('by', 320).notNullable();
  table.string('operation', 32).notNullable();
  table.string('title', 300).notNullable();
  table.text('spec').notNullable();
  table.text('releases').notNullable();
  table.primary(['tenant', 'environment', 'revision']);
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('operations', operations);
  for (const sql of PARTIAL_INDEXES) await knex.raw(sql);
  await knex.schema.createTable('operation_steps', steps);
  await knex.schema.createTable('operation_events', events);
  await knex.schema.createTable('operation_tenants', table => {
    table.comment('Locked before any operation of the tenant changes state');
    table.string('tenant', 63).primary();
    table.bigInteger('fence').notNullable().comment('Never goes back');
  });
  await knex.schema.createTable('operation_revisions', revisions);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'operation_revisions',
    'operation_tenants',
    'operation_events',
    'operation_steps',
    'operations',
  ]) {
    await knex.schema.dropTable(table);
  }
};
