// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import {
  moduleChoiceSchema,
  type ModuleChoice,
  type ModuleDetail,
} from '@tenantry/backstage-plugin-tenants-common';
import { useState } from 'react';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import {
  ParameterForm,
  type ParameterFormProps,
  type ParameterValues,
} from '../parameters/ParameterForm';
import { ownValues } from '../parameters/parameterDefaults';
import { useText } from '../useText';
import styles from './moduleChoice.module.css';

/** A module that can be chosen. */
export type ModuleOption = {
  readonly name: string;
  readonly displayName: string;
};

/** Props of {@link ModuleChoiceForm}. */
export type ModuleChoiceFormProps = {
  /** What can be chosen. Left out, the module of `value` is fixed. */
  readonly options?: readonly ModuleOption[];
  readonly value: ModuleChoice | undefined;
  readonly onChange: (value: ModuleChoice) => void;
  /** Its values stand in the form until others are given. */
  readonly tier?: string;
};

const HIGHEST = '';
const NO_VALUES: ParameterValues = {};

/** Chooses a module, its release and its parameters. Knows nothing of a page: who uses it makes the plan beside it. */
export function ModuleChoiceForm(props: ModuleChoiceFormProps) {
  const { options, value, onChange, tier } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const name = value?.name;
  const detail = useAnswer(
    signal => api.modules.get(name ?? '', { signal }),
    name,
  );
  const module = detail.value?.name === name ? detail.value : undefined;
  return (
    <div className={styles.form}>
      {options && (
        <Select
          label={t('module.module')}
          placeholder={t('actions.chooseModule')}
          search
          options={options.map(option => ({
            id: option.name,
            label: option.displayName,
          }))}
          value={name ?? null}
          onChange={key => onChange({ name: String(key), parameters: {} })}
        />
      )}
      {detail.problem && !module && (
        <p role="alert">{problemText(t, detail.problem)}</p>
      )}
      {module && value && (
        <ReleaseFields
          module={module}
          value={value}
          tier={tier}
          onChange={onChange}
        />
      )}
    </div>
  );
}

type FieldsProps = {
  readonly module: ModuleDetail;
  readonly value: ModuleChoice;
  readonly tier: string | undefined;
  readonly onChange: ModuleChoiceFormProps['onChange'];
};

function ReleaseFields({ module, value, tier, onChange }: FieldsProps) {
  const t = useText();
  const { releases } = module;
  // A range is no release of the list and is shown as it was written.
  const known = releases.find(r => r.version === value.version);
  const release = known ?? releases[0];
  const range = known || !value.version ? [] : [value.version];
  return (
    <>
      <Select
        label={t('actions.release')}
        options={[
          { id: HIGHEST, label: t('actions.highest') },
          ...[...range, ...releases.map(r => r.version)].map(version => ({
            id: version,
            label: version,
          })),
        ]}
        value={value.version ?? HIGHEST}
        onChange={key => {
          const { version: _before, ...rest } = value;
          const version = String(key ?? HIGHEST);
          onChange(version === HIGHEST ? rest : { ...rest, version });
        }}
      />
      {release.parameters && (
        <ParameterFields
          key={`${release.version}/${tier}`}
          schema={release.parameters}
          tierValues={
            tier === undefined ? NO_VALUES : release.tierParameters[tier]
          }
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}

type Draft = {
  readonly of: ModuleChoice['parameters'];
  readonly values: ParameterValues;
};

/** Holds what is typed as it is: a field that was emptied stays empty, although its default holds then. */
function ParameterFields(props: {
  readonly schema: NonNullable<ParameterFormProps['schema']>;
  readonly tierValues: ParameterValues | undefined;
  readonly value: ModuleChoice;
  readonly onChange: ModuleChoiceFormProps['onChange'];
}) {
  const { schema, tierValues = NO_VALUES, value, onChange } = props;
  const [draft, setDraft] = useState<Draft>({
    of: value.parameters,
    values: { ...tierValues, ...value.parameters },
  });
  // A fix of the plan changes values from outside; it wins over what was typed.
  if (!isSame(draft.of, value.parameters)) {
    setDraft({
      of: value.parameters,
      values: { ...tierValues, ...value.parameters },
    });
  }
  const change = (values: ParameterValues) => {
    const parameters = ownValues(schema, tierValues, values);
    const parsed = moduleChoiceSchema.safeParse({ ...value, parameters });
    if (!parsed.success) return;
    setDraft({ of: parsed.data.parameters, values: { ...values } });
    if (!isSame(parsed.data, value)) onChange(parsed.data);
  };
  return (
    <ParameterForm schema={schema} values={draft.values} onChange={change} />
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
