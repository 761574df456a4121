// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { useText } from '../useText';
import { quotaName } from './quotaName';

const NAMES = {
  'limits.cpu': 'CPU limits',
  'services.loadbalancers': 'Load balancers',
  configmaps: 'ConfigMaps',
  'count/secrets': 'Secrets',
  'count/pods': 'Pods',
  'count/widgets.acme.example': 'count/widgets.acme.example',
  'requests.nvidia.com/gpu': 'requests.nvidia.com/gpu',
};

function Names() {
  const t = useText();
  return (
    <ul>
      {Object.keys(NAMES).map(resource => (
        <li key={resource}>{quotaName(t, resource)}</li>
      ))}
    </ul>
  );
}

it('tells what a quota limits in plain words, and what it does not know as it is', async () => {
  renderInTestApp(<Names />);
  const items = await screen.findAllByRole('listitem');
  expect(items.map(({ textContent }) => textContent)).toEqual(
    Object.values(NAMES),
  );
});
