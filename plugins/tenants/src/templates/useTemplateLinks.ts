// SPDX-License-Identifier: Apache-2.0
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { templateRouteRef } from '../routes';
import type { TemplateFormData } from './TemplateFormData';

/** The templates that come with the plugin, by their entity's name without its beginning. */
export type TemplateName =
  | 'create-tenant'
  | 'add-module'
  | 'upgrade-module'
  | 'change-tier'
  | 'manage-members'
  | 'decommission-tenant';

/** The address of a template's form, filled in as far as is known. */
export type TemplateLink = (
  template: TemplateName,
  filledIn?: TemplateFormData,
) => string;

const NAMESPACE = 'default';

/** The reference of a tenant's entity, as the forms want it. */
export function tenantEntityRef(tenant: string): string {
  return `resource:${NAMESPACE}/${tenant}`;
}

/** Leads to the forms of the templates; `undefined` where the portal has none. */
export function useTemplateLinks(): TemplateLink | undefined {
  const route = useRouteRef(templateRouteRef);
  return useMemo(() => {
    if (!route) return undefined;
    return (template, filledIn = {}) => {
      const path = route({
        namespace: NAMESPACE,
        templateName: `tenantry-${template}`,
      });
      const formData = JSON.stringify(filledIn);
      return formData === '{}'
        ? path
        : `${path}?${new URLSearchParams({ formData })}`;
    };
  }, [route]);
}
