// SPDX-License-Identifier: Apache-2.0
import type { UserInfoService } from '@backstage/backend-plugin-api';
import type { Caller } from './access/Caller';

/** Says as whom somebody counts: a user with its groups as sign-in resolved them, a service as itself. */
export function readOwnership(
  userInfo: UserInfoService,
): (caller: Caller) => Promise<readonly string[]> {
  return async ({ credentials, id }) => {
    if (credentials.principal.type !== 'user') return [id];
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    return ownershipEntityRefs;
  };
}
