// SPDX-License-Identifier: Apache-2.0
import { SidebarItem } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiUserSharedLine } from '@remixicon/react';
import { readPersonas } from './personas';

/** The way to look at the demo as somebody else; absent outside of the demo. */
export function PersonaItem() {
  const personas = readPersonas(useApi(configApiRef));
  if (personas.length < 2) return null;
  return (
    <SidebarItem
      icon={() => <RiUserSharedLine />}
      to="/personas"
      text="Switch persona"
    />
  );
}
