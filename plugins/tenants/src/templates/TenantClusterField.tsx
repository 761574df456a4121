// SPDX-License-Identifier: Apache-2.0
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { useText } from '../useText';
import { FieldFrame } from './FieldFrame';
import { useTiers } from './useTiers';

/** The cluster of a new environment. */
export function TenantClusterField(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange, rawErrors, schema, required } = props;
  const { value, problemText } = useTiers();
  const t = useText();
  const clusters = value?.clusters ?? [];
  return (
    <FieldFrame
      errors={[...(rawErrors ?? []), ...(problemText ? [problemText] : [])]}
    >
      <Select
        label={schema.title ?? t('template.cluster')}
        description={schema.description}
        isRequired={required}
        options={clusters.map(name => ({ id: name, label: name }))}
        value={formData ?? null}
        onChange={chosen => onChange(chosen ? String(chosen) : undefined)}
      />
    </FieldFrame>
  );
}
