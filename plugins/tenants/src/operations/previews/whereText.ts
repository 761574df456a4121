// SPDX-License-Identifier: Apache-2.0
import type { Translate } from '../../useText';

/** Which part of a tenant an action is about, in words. */
export function whereText(
  t: Translate,
  tenant: string,
  environment: string | undefined,
): string {
  return environment === undefined
    ? t('actions.wholeTenant', { tenant })
    : t('actions.oneEnvironment', { tenant, environment });
}
