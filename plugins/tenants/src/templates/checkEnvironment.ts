// SPDX-License-Identifier: Apache-2.0
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { tenantsApiRef } from '../api';
import { readFormData, tenantNameOf } from './TemplateFormData';

/** `ui:options` of the field. */
export type EnvironmentFieldOptions = {
  /** Also those that were not made through this portal may be chosen: for templates that do not change the environment itself. */
  unmanaged?: boolean;
};

/**
 * Stops a form at the step where an environment is chosen that the portal does not know the wanted state of: the task would be
 * refused at its end. What cannot be asked now is left to the task.
 */
export const checkEnvironment: CustomFieldValidator<
  string,
  EnvironmentFieldOptions
> = async (environment, field, { apiHolder, formData, uiSchema }) => {
  const tenant = tenantNameOf(readFormData({ formData }));
  const api = apiHolder.get(tenantsApiRef);
  const takesAny = uiSchema?.['ui:options']?.unmanaged === true;
  if (!environment || tenant === undefined || !api || takesAny) return;
  const revisions = await api.operations
    .listRevisions(tenant)
    .catch(() => undefined);
  const isOurs = revisions?.items.some(
    revision => revision.current && revision.environment === environment,
  );
  if (isOurs === false) {
    field.addError(
      `${environment} of ${tenant} was not made through this portal. Adopt it first, on the page of the tenant.`,
    );
  }
};
