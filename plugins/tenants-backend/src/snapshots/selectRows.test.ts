// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES,
  tenantListQuerySchema,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import {
  fakeDerivation,
  tenantNamespace,
} from '../__testUtils__/fakeDerivation';
import { createFakeClusterView } from '../informers/testing';
import { rowOrder } from './rowOrder';
import { selectRows } from './selectRows';
import { createTenantSnapshot } from './TenantSnapshot';

const tenants = fc.uniqueArray(
  fc.record({
    tenant: fc.stringMatching(/^[a-z]{1,3}$/),
    owner: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    tier: fc.option(fc.constantFrom('gold', 'iron'), { nil: undefined }),
    health: fc.constantFrom(...HEALTH_CODES),
    cpu: fc.option(fc.nat(3), { nil: undefined }),
  }),
  { selector: ({ tenant }) => tenant, maxLength: 30 },
);

const sorts = tenantListQuerySchema.shape.sort.unwrap().options;

describe('selectRows', () => {
  it('gives pages that neither overlap nor leave anything out, in every order', () => {
    fc.assert(
      fc.property(
        tenants,
        fc.constantFrom(...sorts),
        fc.integer({ min: 1, max: 7 }),
        (facts, sort, limit) => {
          const order = rowOrder(sort);
          const view = createFakeClusterView();
          const sorted = facts
            .map(({ cpu, ...fact }) => {
              const namespaces = [tenantNamespace(fact.tenant, fact)];
              const places = [{ view, namespaces }];
              const now = new Date(0);
              const { tenant } = fakeDerivation.derive(
                fact.tenant,
                places,
                now,
              );
              return createTenantSnapshot(tenant, t => ({
                ...fakeDerivation.toRow(t),
                cpu: cpu === undefined ? undefined : { used: cpu, hard: 3 },
              }));
            })
            .sort((a, b) =>
              order.compare(order.positionOf(a.row), order.positionOf(b.row)),
            );
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const query = tenantListQuerySchema.parse({ sort, limit, cursor });
            const page = selectRows(sorted, query, () => true);
            expect(page.totalItems).toBe(facts.length);
            seen.push(...page.rows.map(({ row }) => row.name));
            cursor = page.nextCursor;
          } while (cursor !== undefined);
          expect(seen).toEqual(sorted.map(({ row }) => row.name));
        },
      ),
    );
  });
});
