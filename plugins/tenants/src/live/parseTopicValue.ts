// SPDX-License-Identifier: Apache-2.0
import {
  operationSchema,
  operationsValueSchema,
  platformStatusSchema,
  tenantSchema,
  tenantsValueSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LiveTopic } from './Live';

const schemas = {
  tenants: tenantsValueSchema,
  tenant: tenantSchema,
  platform: platformStatusSchema,
  operation: operationSchema,
  operations: operationsValueSchema,
};

/** Checks the snapshot of a topic against the contract. @throws ZodError when it does not keep to it. */
export function parseTopicValue(topic: LiveTopic, value: unknown): unknown {
  return schemas[topic.kind].parse(value);
}
