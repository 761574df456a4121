// SPDX-License-Identifier: Apache-2.0
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Of some entity references those that the catalogue does not have; `undefined` when it could not be asked. */
export type FindStrangers = (
  entityRefs: readonly string[],
) => Promise<readonly string[] | undefined>;

type Catalogue = {
  readonly catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly onFailure: (error: unknown) => void;
};

/** Looks users and groups up when somebody names them; nothing is asked for nobody. */
export function strangersIn({
  catalog,
  auth,
  onFailure,
}: Catalogue): FindStrangers {
  return async refs => {
    if (refs.length === 0) return [];
    try {
      const credentials = await auth.getOwnServiceCredentials();
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: [...refs], fields: ['kind', 'metadata.name'] },
        { credentials },
      );
      return refs.filter((_, at) => items[at] === undefined);
    } catch (error) {
      onFailure(error);
      return undefined;
    }
  };
}
