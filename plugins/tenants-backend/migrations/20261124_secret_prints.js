// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** Keyed prints of secrets, by which logs are masked. Never the secrets. @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('secret_print_keys', table => {
    table.comment('The key of each tenant’s prints');
    table.string('tenant', 63).primary();
    table.string('key', 64).notNullable().comment('32 random bytes as base64');
  });
  await knex.schema.createTable('secret_prints', table => {
    table.comment('Length and keyed hash of the newest values of each secret');
    table.string('tenant', 63).notNullable();
    table.string('secret', 100).notNullable().comment('environment/name');
    table.string('hash', 32).notNullable();
    table.integer('length').notNullable();
    table.string('at', 30).notNullable();
    table.primary(['tenant', 'secret', 'hash']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('secret_prints');
  await knex.schema.dropTable('secret_print_keys');
};
