// SPDX-License-Identifier: Apache-2.0
import { ProxiedSignInPage, SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import { choosePersona, readPersonas, rememberPersona } from './personas';

/**
 * In the demo: signs the chosen persona in. The choice is made once per page load, so that a tab keeps
 * its identity when another tab switches.
 */
export function PortalSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const [persona] = useState(() => {
    const chosen = choosePersona(
      readPersonas(config),
      window.location,
      window.localStorage,
    );
    if (chosen) rememberPersona(chosen, window.localStorage);
    return chosen;
  });
  if (!persona) return <SignInPage {...props} providers={['guest']} auto />;
  return (
    <ProxiedSignInPage
      {...props}
      provider="demo"
      headers={{ 'X-Tenantry-Persona': persona.name }}
    />
  );
}
