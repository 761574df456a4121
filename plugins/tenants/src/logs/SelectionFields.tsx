// SPDX-License-Identifier: Apache-2.0
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { memo } from 'react';
import { ChoiceField } from '../components/ChoiceField';
import type { QueryChange } from '../navigation';
import { useText } from '../useText';
import type { LogOptions } from './logSelection';

/** Props of {@link SelectionFields}. */
export type SelectionFieldsProps = {
  readonly selection: LogSelection;
  readonly options: LogOptions;
  readonly onChange: (change: QueryChange) => void;
};

function Fields(props: SelectionFieldsProps) {
  const { selection, options, onChange } = props;
  const t = useText();
  return (
    <>
      <ChoiceField
        bare
        label={t('logs.environment')}
        anyLabel={t('logs.allEnvironments')}
        value={selection.environment}
        options={options.environments}
        onChange={env =>
          onChange({ env, pod: undefined, container: undefined })
        }
      />
      <ChoiceField
        bare
        label={t('logs.module')}
        anyLabel={t('logs.allModules')}
        value={selection.module}
        options={options.modules}
        onChange={module =>
          onChange({ module, workload: undefined, pod: undefined })
        }
      />
      <ChoiceField
        bare
        label={t('logs.pod')}
        anyLabel={t('logs.allPods')}
        value={selection.pod}
        options={options.pods}
        onChange={pod => onChange({ pod, container: undefined })}
      />
      {options.containers.length > 1 && (
        <ChoiceField
          bare
          label={t('logs.container')}
          anyLabel={t('logs.allContainers')}
          value={selection.container}
          options={options.containers}
          onChange={container => onChange({ container })}
        />
      )}
    </>
  );
}

/** Chooses whose lines are read. Totals are written anew four times a second: not these fields. */
export const SelectionFields = memo(Fields);
