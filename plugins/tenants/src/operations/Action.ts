// SPDX-License-Identifier: Apache-2.0
import {
  operationPermissions,
  type MemberRole,
  type OperationType,
} from '@tenantry/backstage-plugin-tenants-common';

/** An environment as an action needs to know it. */
export type ActionPlace = {
  readonly environment: string;
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly tier: string | undefined;
};

/** Somebody's role in an environment. */
export type Seat = {
  readonly environment: string;
  /** Entity reference. */
  readonly subject: string;
  readonly role: MemberRole;
};

/** Something a user can choose to do to a tenant. Nothing happens before the preview is confirmed. */
export type Action =
  | {
      readonly type: 'restart';
      readonly environment: string;
      /** `Kind/name`. */
      readonly workload: string;
    }
  | {
      readonly type: 'scale';
      readonly environment: string;
      readonly workload: string;
      /** As it is now. */
      readonly replicas: number;
      /** What the preview begins with; left out, what is there. */
      readonly proposed?: number;
    }
  | {
      readonly type: 'sleep' | 'wake' | 'delete' | 'purge';
      /** Left out: the whole tenant. */
      readonly environment?: string;
    }
  | { readonly type: 'adopt'; readonly place: ActionPlace }
  | {
      readonly type: 'rollback';
      readonly environment: string;
      /** The one that is proposed; left out, the one before the present. */
      readonly revision?: number;
    }
  | { readonly type: 'add-module'; readonly environment: string }
  | {
      readonly type: 'change-module' | 'remove-module';
      readonly environment: string;
      readonly module: string;
    }
  | { readonly type: 'add-member'; readonly environments: readonly string[] }
  | ({ readonly type: 'change-member' } & Seat)
  | ({ readonly type: 'remove-member' } & Seat);

/** The kind of operation an action leads to. */
export function operationTypeOf(action: Action): OperationType {
  switch (action.type) {
    case 'add-module':
    case 'change-module':
    case 'remove-module':
      return 'apply';
    case 'add-member':
    case 'change-member':
    case 'remove-member':
      return 'members';
    default:
      return action.type;
  }
}

/** The permission an action needs on its tenant. */
export function permissionOf(action: Action): string {
  return operationPermissions[operationTypeOf(action)].name;
}
