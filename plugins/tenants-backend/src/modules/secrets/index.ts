// SPDX-License-Identifier: Apache-2.0
export {
  SECRET_LIMITS,
  TenantSecrets,
  type SecretPrints,
  type SecretToSet,
} from './TenantSecrets';
