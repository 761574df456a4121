// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { PortalNotifier } from './PortalNotifier';

const notice = {
  recipients: ['user:default/ann', 'group:default/shop'],
  title: 'shop ends in 7 days',
  description: 'The environment dev is put to sleep on 10 March.',
  severity: 'high' as const,
  link: '/tenants/t/shop',
  scope: 'tenants/expiry/shop/dev',
};

/** The portal’s notifications, of which some calls fail. */
function portal(failures: readonly unknown[] = []) {
  const sent: NotificationSendOptions[] = [];
  const left = [...failures];
  const logger = mockServices.logger.mock();
  const notifier = new PortalNotifier({
    logger,
    notifications: {
      send: async options => {
        const failure = left.shift();
        if (failure !== undefined) throw failure;
        sent.push(options);
      },
    },
  });
  return { notifier, sent, warnings: logger.warn.mock.calls };
}

it('sends a notice to each recipient by entity reference, so that a later one of its scope replaces it', async () => {
  const { notifier, sent } = portal();
  await notifier.notify(notice);
  expect(sent).toEqual([
    {
      recipients: { type: 'entity', entityRef: notice.recipients },
      payload: {
        title: notice.title,
        description: notice.description,
        severity: 'high',
        link: '/tenants/t/shop',
        scope: 'tenants/expiry/shop/dev',
        topic: 'tenants',
      },
    },
  ]);
});

it('never tells everybody when there is nobody to tell', async () => {
  const { notifier, sent } = portal();
  await notifier.notify({ ...notice, recipients: [] });
  expect(sent).toEqual([]);
});

it('holds nothing up where notifications are not installed, and says so once', async () => {
  const { notifier, warnings } = portal([new Error('404'), new Error('404')]);
  await notifier.notify(notice);
  await notifier.notify(notice);
  expect(warnings).toEqual([
    [
      expect.stringContaining('@backstage/plugin-notifications-backend'),
      expect.objectContaining({ message: '404' }),
    ],
  ]);
});

it('says so again after it worked in between', async () => {
  const { notifier, sent, warnings } = portal(['away', undefined, 'away']);
  await notifier.notify(notice);
  await notifier.notify(notice);
  await notifier.notify(notice);
  expect(sent).toHaveLength(1);
  expect(warnings.map(([, error]) => error)).toEqual([
    expect.objectContaining({ message: 'away' }),
    expect.objectContaining({ message: 'away' }),
  ]);
});
