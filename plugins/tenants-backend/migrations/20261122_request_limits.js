// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** The table rate-limiter-flexible counts in. @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('request_limits', table => {
    table.comment('Expensive requests per caller in the current minute');
    table.string('key', 255).primary();
    table.integer('points').notNullable().defaultTo(0);
    table.bigInteger('expire');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('request_limits');
};
