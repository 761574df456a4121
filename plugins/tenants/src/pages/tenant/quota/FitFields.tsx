// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { NumberField, Select } from '@backstage/ui';
import {
  SPEC_LIMITS,
  type Environment,
  type EnvironmentSpec,
  type ModuleChoice,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { useAnswer } from '../../../live/useAnswer';
import { ModuleChoiceForm } from '../../../moduleChoice/ModuleChoiceForm';
import type { QueryChange } from '../../../navigation';
import { useTiers } from '../../../templates/useTiers';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { FIT_CHANGES, type FitChange, type FitChoice } from './fitQuestion';

const SCALES = ['Deployment', 'StatefulSet'];

type FieldsProps = {
  readonly environment: Environment;
  readonly spec: EnvironmentSpec | undefined;
  readonly choice: FitChoice;
  readonly setFields: (fields: QueryChange) => void;
  readonly setModule: (module: ModuleChoice) => void;
};

/** Chooses a change to ask about. */
export function FitFields(props: FieldsProps) {
  const { choice, setFields } = props;
  const t = useText();
  const names: Record<FitChange, string> = {
    scale: t('fit.scale'),
    add: t('fit.add'),
    upgrade: t('fit.upgrade'),
    tier: t('fit.tier'),
  };
  return (
    <div className={classes.choices}>
      <Select
        label={t('fit.change')}
        placeholder={t('fit.none')}
        options={FIT_CHANGES.map(id => ({ id, label: names[id] }))}
        value={choice.change ?? null}
        onChange={key =>
          setFields({
            fit: String(key),
            fitModule: undefined,
            fitTier: undefined,
            fitWorkload: undefined,
            fitReplicas: undefined,
          })
        }
      />
      {choice.change === 'scale' && <ScaleFields {...props} />}
      {choice.change === 'tier' && props.spec && <TierField {...props} />}
      {(choice.change === 'add' || choice.change === 'upgrade') &&
        props.spec && <ModuleFields {...props} spec={props.spec} />}
    </div>
  );
}

function ScaleFields({ environment, choice, setFields }: FieldsProps) {
  const t = useText();
  const workloads = environment.modules
    .flatMap(module => module.workloads)
    .filter(({ kind }) => SCALES.includes(kind));
  const chosen = workloads.find(
    ({ kind, name }) => `${kind}/${name}` === choice.workload,
  );
  return (
    <>
      <Select
        label={t('fit.workload')}
        placeholder={t('fit.none')}
        search
        options={workloads.map(({ kind, name }) => ({
          id: `${kind}/${name}`,
          label: `${name} (${kind})`,
        }))}
        value={choice.workload ?? null}
        onChange={key => setFields({ fitWorkload: String(key) })}
      />
      {chosen && (
        <NumberField
          label={t('fit.replicas')}
          value={choice.replicas ?? chosen.replicas?.desired ?? 1}
          minValue={0}
          maxValue={SPEC_LIMITS.replicas}
          step={1}
          onChange={n => setFields({ fitReplicas: String(n) })}
        />
      )}
    </>
  );
}

function TierField({ choice, setFields, spec }: FieldsProps) {
  const t = useText();
  const { value } = useTiers();
  return (
    <Select
      label={t('fit.toTier')}
      placeholder={t('fit.none')}
      options={(value?.items ?? [])
        .filter(({ name }) => name !== spec?.tier)
        .map(({ name, displayName }) => ({ id: name, label: displayName }))}
      value={choice.tier ?? null}
      onChange={key => setFields({ fitTier: String(key) })}
    />
  );
}

function ModuleFields(props: FieldsProps & { readonly spec: EnvironmentSpec }) {
  const { spec, choice, setModule } = props;
  const api = useApi(tenantsApiRef);
  const catalogue = useAnswer(
    signal => api.modules.list({ signal }),
    'modules',
  );
  const there = new Set(spec.modules.map(({ name }) => name));
  const isNew = choice.change === 'add';
  const options = (catalogue.value?.items ?? []).filter(
    ({ name, scope }) => scope === 'tenant' && there.has(name) !== isNew,
  );
  return (
    <ModuleChoiceForm
      options={options}
      value={choice.module}
      tier={spec.tier}
      onChange={next =>
        setModule(
          next.name === choice.module?.name
            ? next
            : spec.modules.find(({ name }) => name === next.name) ?? next,
        )
      }
    />
  );
}
