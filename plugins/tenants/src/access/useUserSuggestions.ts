// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useAnswer } from '../live/useAnswer';

/** Users that are suggested at the most; any other can be typed. */
const MAX_SUGGESTIONS = 200;

/** Entity references of users of the catalogue, by name. None while it does not answer, or where it is not installed. */
export function useUserSuggestions(): readonly string[] {
  const catalog = useApiHolder().get(catalogApiRef);
  const { value = [] } = useAnswer(async () => {
    if (!catalog) return [];
    const { items } = await catalog.queryEntities({
      filter: { kind: 'user' },
      fields: ['kind', 'metadata.namespace', 'metadata.name'],
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: MAX_SUGGESTIONS,
    });
    return items.map(entity => stringifyEntityRef(entity));
  }, 'users');
  return value;
}
