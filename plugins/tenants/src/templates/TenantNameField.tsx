// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { isTenantName } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { useAnswer } from '../live/useAnswer';
import { classes } from '../styles';
import { useText } from '../useText';
import { FieldFrame } from './FieldFrame';

/** The name of a new tenant, and whether it is free as far as the caller can see. */
export function TenantNameField(props: FieldExtensionComponentProps<string>) {
  const { formData = '', onChange, rawErrors, schema, required } = props;
  const api = useApi(tenantsApiRef);
  const t = useText();
  const name = formData.trim();
  const { value, problem } = useAnswer(
    async signal => ({ name, taken: Boolean(await api.get(name, { signal })) }),
    isTenantName(name) ? name : undefined,
  );
  const isTaken = value?.taken && value.name === name;
  const isFree = problem?.kind === 'http' && problem.status === 404;
  return (
    <FieldFrame
      errors={[
        ...(rawErrors ?? []),
        ...(isTaken ? [t('template.nameTaken', { name })] : []),
      ]}
    >
      <TextField
        label={schema.title ?? t('template.name')}
        description={schema.description}
        isRequired={required}
        value={formData}
        onChange={onChange}
        isInvalid={Boolean(isTaken)}
      />
      <p role="status" className={`${classes.small} ${classes.muted}`}>
        {isFree && !isTaken ? t('template.nameFree') : ''}
      </p>
    </FieldFrame>
  );
}
