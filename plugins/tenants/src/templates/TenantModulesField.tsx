// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { SearchField, Skeleton } from '@backstage/ui';
import type {
  ModuleList,
  Plan,
} from '@tenantry/backstage-plugin-tenants-common';
import { useState } from 'react';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import { PlanView, type FixChange } from '../plan/PlanView';
import { usePlan } from '../plan/usePlan';
import { useText } from '../useText';
import { AdoptFirst } from './AdoptFirst';
import { applyFix } from './applyFix';
import { CategoryFilter } from './CategoryFilter';
import { ChosenModules } from './ChosenModules';
import { FieldFrame } from './FieldFrame';
import { ModuleShelves } from './ModuleShelves';
import { neededModules } from './neededModules';
import {
  readFormData,
  tenantNameOf,
  type ChosenModule,
} from './TemplateFormData';
import { templatePlan } from './templatePlan';
import styles from './templates.module.css';
import { useCurrentSpec } from './useCurrentSpec';

type ModulesFieldProps = FieldExtensionComponentProps<
  ChosenModule[],
  { mode?: 'choose' | 'add' | 'upgrade' }
>;

/** Modules with their parameters, and beside them what would happen: conflicts, what is needed, whether it fits. */
export function TenantModulesField(props: ModulesFieldProps) {
  const { formData, onChange, rawErrors, schema, uiSchema } = props;
  const modules = formData ?? [];
  const mode = uiSchema['ui:options']?.mode ?? 'choose';
  const form = readFormData(props.formContext);
  const api = useApi(tenantsApiRef);
  const t = useText();
  const { value: list, problem } = useAnswer(
    signal => api.modules.list({ signal }),
    'modules',
  );
  const tenant = mode === 'choose' ? undefined : tenantNameOf(form);
  const { environment } = form;
  const { spec, isKnown } = useCurrentSpec(tenant, environment);
  const isReady = mode === 'choose' || spec !== undefined;
  const plan = usePlan(
    isReady && modules.length > 0
      ? templatePlan(form, modules, spec)
      : undefined,
  );
  if (tenant && environment && isKnown && !spec) {
    return <AdoptFirst tenant={tenant} environment={environment} />;
  }
  const fix = (change: FixChange) => {
    const fixed = applyFix(modules, change);
    if (fixed) onChange(fixed);
  };
  const listProblem = problem && problemText(t, problem);
  return (
    <FieldFrame
      description={schema.description}
      errors={[...(rawErrors ?? []), ...(listProblem ? [listProblem] : [])]}
    >
      {!list && !listProblem && <Skeleton height={240} />}
      {list && (
        <div className={styles.width}>
          <div className={styles.picker}>
            <Shelves
              list={onlyRunning(list, mode, spec?.modules)}
              modules={modules}
              plan={modules.length > 0 ? plan.plan : undefined}
              onChange={onChange}
            />
            <div className={styles.side}>
              <ChosenModules modules={modules} onChange={onChange} />
              {modules.length === 0 && <p>{t('template.chooseModules')}</p>}
              {modules.length > 0 && <PlanView state={plan} onFix={fix} />}
            </div>
          </div>
        </div>
      )}
    </FieldFrame>
  );
}

/** What can be upgraded is what runs. */
function onlyRunning(
  list: ModuleList,
  mode: 'choose' | 'add' | 'upgrade',
  running: readonly { readonly name: string }[] | undefined,
): ModuleList {
  const tenantWide = list.items.filter(({ scope }) => scope === 'tenant');
  if (mode === 'choose' || !running) return { ...list, items: tenantWide };
  const names = new Set(running.map(({ name }) => name));
  const items = tenantWide.filter(
    ({ name }) => names.has(name) === (mode === 'upgrade'),
  );
  return { ...list, items };
}

function Shelves(props: {
  readonly list: ModuleList;
  readonly modules: readonly ChosenModule[];
  readonly plan: Plan | undefined;
  readonly onChange: (modules: ChosenModule[]) => void;
}) {
  const { list, modules, plan, onChange } = props;
  const t = useText();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string>();
  const chosen = modules.map(({ name }) => name);
  return (
    <>
      <CategoryFilter
        list={list}
        category={category}
        onCategory={setCategory}
      />
      <div className={styles.shelves}>
        <SearchField
          size="small"
          aria-label={t('template.searchModules')}
          placeholder={t('template.searchModules')}
          value={search}
          onChange={setSearch}
        />
        <ModuleShelves
          list={list}
          search={search}
          category={category}
          chosen={chosen}
          needed={neededModules(plan, chosen)}
          onToggle={(name, isChosen) => {
            const others = modules.filter(module => module.name !== name);
            onChange(isChosen ? [...others, { name }] : others);
          }}
        />
      </div>
    </>
  );
}
