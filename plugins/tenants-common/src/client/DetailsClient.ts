// SPDX-License-Identifier: Apache-2.0
import { tenantNetworkSchema } from '../network';
import { tenantObjectSchema, type ObjectRef } from '../tenantObject';
import { tenantUsageSchema } from '../usage';
import type { DetailsApi } from './DetailsApi';
import type { TenantsCallOptions } from './TenantsCallOptions';
import { tenantPath, toSearch, type TenantsHttp } from './TenantsHttp';

/** Details of a tenant over HTTP. */
export class DetailsClient implements DetailsApi {
  constructor(private readonly http: TenantsHttp) {}

  usage(tenant: string, options?: TenantsCallOptions) {
    const path = `${tenantPath(tenant)}/usage`;
    return this.http.read(path, tenantUsageSchema, options);
  }

  object(tenant: string, ref: ObjectRef, options?: TenantsCallOptions) {
    const { kind, namespace, name, cluster } = ref;
    const place = [kind, namespace, name].map(encodeURIComponent).join('/');
    const path = `${tenantPath(tenant)}/objects/${place}`;
    const query = toSearch({ cluster });
    return this.http.read(`${path}${query}`, tenantObjectSchema, options);
  }

  network(tenant: string, options?: TenantsCallOptions) {
    const path = `${tenantPath(tenant)}/network`;
    return this.http.read(path, tenantNetworkSchema, options);
  }
}
