// SPDX-License-Identifier: Apache-2.0
import { expect, story } from '../story';

story('a guest sees no tenant and is refused one by name', async ({ page }) => {
  await page.goto('/tenants?persona=guest');
  await expect(
    page.getByRole('heading', { name: 'You may not list tenants.' }),
  ).toBeVisible();

  await page.goto('/tenants/t/payments');
  await expect(
    page.getByText('There is no tenant payments, or you may not see it.'),
  ).toBeVisible();
  await expect(page.getByTestId('cause-card')).toHaveCount(0);
});

story(
  'somebody who is not signed in gets nothing',
  async ({ request, demo }) => {
    for (const path of ['tenants', 'tenants/payments', 'platform']) {
      const response = await request.get(`${demo.url}/api/tenants/v1/${path}`);
      expect(response.status(), path).toBe(401);
    }
  },
);
