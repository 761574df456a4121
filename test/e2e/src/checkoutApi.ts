// SPDX-License-Identifier: Apache-2.0
import type { WorkloadRef } from './Simulator';

/** What the stories break: a healthy part of the tenant `payments-gateway`, on `eu-west`. */
export const checkoutApi: WorkloadRef = {
  namespace: 'payments-gateway-prod',
  name: 'checkout-api',
};
