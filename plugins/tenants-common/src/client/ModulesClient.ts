// SPDX-License-Identifier: Apache-2.0
import {
  categoryListSchema,
  moduleDetailSchema,
  moduleInstanceListSchema,
  moduleListSchema,
  tierListSchema,
} from '../modules';
import type { ModulesApi } from './ModulesApi';
import type { TenantsCallOptions } from './TenantsCallOptions';
import type { TenantsHttp } from './TenantsHttp';

/** The module catalogue over HTTP. */
export class ModulesClient implements ModulesApi {
  constructor(private readonly http: TenantsHttp) {}

  list(options?: TenantsCallOptions) {
    return this.http.read('/v1/modules', moduleListSchema, options);
  }

  get(module: string, options?: TenantsCallOptions) {
    return this.http.read(modulePath(module), moduleDetailSchema, options);
  }

  listInstances(module: string, options?: TenantsCallOptions) {
    const path = `${modulePath(module)}/instances`;
    return this.http.read(path, moduleInstanceListSchema, options);
  }

  listTiers(options?: TenantsCallOptions) {
    return this.http.read('/v1/tiers', tierListSchema, options);
  }

  listCategories(options?: TenantsCallOptions) {
    return this.http.read('/v1/categories', categoryListSchema, options);
  }
}

function modulePath(module: string): string {
  return `/v1/modules/${encodeURIComponent(module)}`;
}
