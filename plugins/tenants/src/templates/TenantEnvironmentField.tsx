// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import { useText } from '../useText';
import { AdoptFirst } from './AdoptFirst';
import type { EnvironmentFieldOptions } from './checkEnvironment';
import { FieldFrame } from './FieldFrame';
import { readFormData, tenantNameOf } from './TemplateFormData';
import { useCurrentSpec } from './useCurrentSpec';

/** One of the environments of the tenant that was chosen before. */
export function TenantEnvironmentField(
  props: FieldExtensionComponentProps<string, EnvironmentFieldOptions>,
) {
  const { formData, onChange, rawErrors, schema, required } = props;
  const tenant = tenantNameOf(readFormData(props.formContext));
  const api = useApi(tenantsApiRef);
  const t = useText();
  const { value, problem } = useAnswer(
    signal => api.get(tenant ?? '', { signal }),
    tenant,
  );
  const environments = value?.environments ?? [];
  const takesAny = props.uiSchema['ui:options']?.unmanaged === true;
  const { spec, isKnown } = useCurrentSpec(
    takesAny ? undefined : tenant,
    formData,
  );
  const isForeign = isKnown && spec === undefined;
  return (
    <FieldFrame
      description={tenant ? schema.description : t('template.tenantFirst')}
      errors={[
        // What is shown below says the same, and where to go.
        ...(isForeign ? [] : rawErrors ?? []),
        ...(problem ? [problemText(t, problem)] : []),
      ]}
    >
      <Select
        label={schema.title ?? t('template.environment')}
        isRequired={required}
        isDisabled={tenant === undefined}
        options={environments.map(({ name, cluster }) => ({
          id: name,
          label: t('template.onCluster', { name, cluster }),
        }))}
        value={formData ?? null}
        onChange={chosen => onChange(chosen ? String(chosen) : undefined)}
      />
      {isForeign && tenant && formData && (
        <AdoptFirst tenant={tenant} environment={formData} />
      )}
    </FieldFrame>
  );
}
