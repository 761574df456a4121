// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, DialogBody, DialogHeader } from '@backstage/ui';
import type {
  EnvironmentSpec,
  ModuleChoice,
  OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../api';
import { problemText } from '../../components/problemText';
import { useAnswer } from '../../live/useAnswer';
import { applyFix } from '../../moduleChoice/applyFix';
import { ModuleChoiceForm } from '../../moduleChoice/ModuleChoiceForm';
import { useText, type Translate } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import { useDraft } from '../useDraft';
import { whereText } from './whereText';

type ModuleAction = Extract<
  Action,
  { type: 'add-module' | 'change-module' | 'remove-module' }
>;

/** The preview of adding, changing or removing a module: everything else of the environment stays as it shall be. */
export function ModulePreview(props: PreviewProps<ModuleAction>) {
  const { tenant, action, onClose } = props;
  const { environment } = action;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const answer = useAnswer(
    signal => api.operations.listRevisions(tenant, { signal }),
    tenant,
  );
  const current = answer.value?.items.find(
    revision => revision.environment === environment && revision.current,
  );
  if (current) return <SpecPreview {...props} spec={current.spec} />;
  return (
    <>
      <DialogHeader>{titleOf(t, action)}</DialogHeader>
      <DialogBody>
        <p role="status">
          {answer.problem &&
            `${t('actions.specFailed', { environment })} ${problemText(
              t,
              answer.problem,
            )}`}
          {!answer.problem &&
            (answer.value
              ? t('actions.notOurs', { environment })
              : t('actions.loadingSpec', { environment }))}
        </p>
        <Button variant="secondary" onPress={onClose}>
          {t('actions.back')}
        </Button>
      </DialogBody>
    </>
  );
}

function titleOf(t: Translate, action: ModuleAction): string {
  const { environment } = action;
  switch (action.type) {
    case 'add-module':
      return t('actions.addModuleTitle', { environment });
    case 'change-module':
      return t('actions.upgradeTitle', { name: action.module, environment });
    case 'remove-module':
      return t('actions.removeModuleTitle', {
        name: action.module,
        environment,
      });
    default:
      return action satisfies never;
  }
}

function verbOf(
  t: Translate,
  action: ModuleAction,
  choice: ModuleChoice | undefined,
  before: ModuleChoice | undefined,
): string {
  const name = choice?.name ?? '';
  if (action.type === 'add-module') return t('actions.addModuleVerb', { name });
  if (action.type === 'remove-module') {
    return t('actions.removeModuleVerb', { name: action.module });
  }
  const version = choice?.version;
  return version === undefined || version === before?.version
    ? t('actions.configureVerb', { name })
    : t('actions.upgradeVerb', { name, version });
}

function without(spec: EnvironmentSpec, name: string): EnvironmentSpec {
  return { ...spec, modules: spec.modules.filter(m => m.name !== name) };
}

function withChoice(
  spec: EnvironmentSpec,
  choice: ModuleChoice,
): EnvironmentSpec {
  const { modules } = without(spec, choice.name);
  return { ...spec, modules: [...modules, choice] };
}

/** What is wanted: the spec there is, the module that is chosen, and the fixes that were taken over. */
function useWanted(spec: EnvironmentSpec, action: ModuleAction) {
  const before =
    action.type === 'add-module'
      ? undefined
      : spec.modules.find(module => module.name === action.module) ?? {
          name: action.module,
          parameters: {},
        };
  const [wanted, setWanted] = useDraft(
    'wanted',
    action.type === 'remove-module' ? without(spec, action.module) : spec,
  );
  const [name, setName] = useDraft('name', before?.name);
  const choice = wanted.modules.find(module => module.name === name) ?? before;
  const isAsked = JSON.stringify(wanted) !== JSON.stringify(spec);
  return {
    before,
    choice,
    wanted: isAsked ? wanted : undefined,
    choose: (next: ModuleChoice) => {
      // Another module in place of the one that was chosen before.
      const rest =
        name === undefined || name === next.name
          ? wanted
          : without(wanted, name);
      setWanted(withChoice(rest, next));
      setName(next.name);
    },
    change: (change: (known: EnvironmentSpec) => EnvironmentSpec) =>
      setWanted(change),
  };
}

function SpecPreview(
  props: PreviewProps<ModuleAction> & { readonly spec: EnvironmentSpec },
) {
  const { tenant, action, spec, onStarted, onClose } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const { before, choice, wanted, choose, change } = useWanted(spec, action);
  const isNew = action.type === 'add-module';
  const catalogue = useAnswer(
    signal => api.modules.list({ signal }),
    isNew ? 'modules' : undefined,
  );
  const options = useMemo(() => {
    const there = new Set(spec.modules.map(module => module.name));
    return catalogue.value?.items.filter(
      module => module.scope === 'tenant' && !there.has(module.name),
    );
  }, [catalogue.value, spec]);
  const request = useMemo<OperationRequestInput | undefined>(
    () => wanted && { type: 'apply', environments: [wanted] },
    [wanted],
  );
  return (
    <OperationPreview
      tenant={tenant}
      title={titleOf(t, action)}
      where={whereText(t, tenant, action.environment)}
      verb={verbOf(t, action, choice, before)}
      request={request}
      onFix={fix => change(known => applyFix(known, fix))}
      fields={
        action.type === 'remove-module' ? undefined : (
          <ModuleChoiceForm
            options={isNew ? options ?? [] : undefined}
            value={choice}
            tier={wanted?.tier ?? spec.tier}
            onChange={choose}
          />
        )
      }
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
