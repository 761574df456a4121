// SPDX-License-Identifier: Apache-2.0
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type {
  Environment,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useOperations } from '../../operations/OperationsProvider';
import { useText } from '../../useText';

function addTo({ name }: Environment) {
  return { type: 'add-module' as const, environment: name };
}

/** Adds a module to an environment of the tenant: to its only one, or to one that is chosen. Absent without the right. */
export function AddModule({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const operations = useOperations();
  const { environments } = tenant;
  const offered = environments.filter(({ state }) => state !== 'Terminating');
  const [first, ...others] = offered;
  if (!operations || !first || !operations.offers(addTo(first))) return null;
  const isOnly = others.length === 0;
  const button = (
    <Button
      size="small"
      variant="secondary"
      iconStart={<RiAddLine />}
      onPress={isOnly ? () => operations.launch(addTo(first)) : undefined}
    >
      {t('head.addModule')}
    </Button>
  );
  if (isOnly) return button;
  return (
    <MenuTrigger>
      {button}
      <Menu
        onAction={key => {
          const chosen = offered.find(e => idOf(e) === key);
          if (chosen) operations.launch(addTo(chosen));
        }}
      >
        {offered.map(environment => (
          <MenuItem key={idOf(environment)} id={idOf(environment)}>
            {t('tenant.environmentOn', {
              environment: environment.name,
              cluster: environment.cluster,
            })}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

function idOf({ cluster, name }: Environment): string {
  return `${cluster}/${name}`;
}
