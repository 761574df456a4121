// SPDX-License-Identifier: Apache-2.0
export type { LifetimeSettings } from './dueActions';
export { LifetimeKeeper } from './LifetimeKeeper';
export { NoticeKeeper } from './NoticeKeeper';
export type { Notifier, TenantNotice } from './Notifier';
