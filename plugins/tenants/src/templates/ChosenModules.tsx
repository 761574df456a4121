// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Skeleton } from '@backstage/ui';
import type { Release } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import { ParameterForm } from '../parameters/ParameterForm';
import { useText } from '../useText';
import { chosenModuleSchema, type ChosenModule } from './TemplateFormData';
import styles from './templates.module.css';

const LATEST = '';

/** Props of {@link ChosenModules}. */
export type ChosenModulesProps = {
  readonly modules: readonly ChosenModule[];
  readonly onChange: (modules: ChosenModule[]) => void;
};

/** The modules that are chosen, each with its release and its parameters. */
export function ChosenModules({ modules, onChange }: ChosenModulesProps) {
  return (
    <>
      {modules.map(module => (
        <ChosenModuleCard
          key={module.name}
          module={module}
          onChange={changed =>
            onChange(
              modules.map(other =>
                other.name === changed.name ? changed : other,
              ),
            )
          }
        />
      ))}
    </>
  );
}

function ChosenModuleCard(props: {
  readonly module: ChosenModule;
  readonly onChange: (module: ChosenModule) => void;
}) {
  const { module, onChange } = props;
  const api = useApi(tenantsApiRef);
  const t = useText();
  const { value, problem } = useAnswer(
    signal => api.modules.get(module.name, { signal }),
    module.name,
  );
  const release = value && releaseOf(value.releases, module.version);
  return (
    <details className={styles.chosen}>
      <summary>
        {value?.displayName ?? module.name} {release?.version}
      </summary>
      {problem && <p role="alert">{problemText(t, problem)}</p>}
      {!value && !problem && <Skeleton height={80} />}
      {value && (
        <Select
          size="small"
          label={t('template.release')}
          options={[
            { id: LATEST, label: t('template.newestRelease') },
            ...value.releases.map(({ version }) => ({
              id: version,
              label: version,
            })),
          ]}
          value={module.version ?? LATEST}
          onChange={chosen =>
            onChange({
              ...module,
              version: chosen === LATEST ? undefined : String(chosen),
            })
          }
        />
      )}
      {release?.parameters && (
        <ParameterForm
          schema={release.parameters}
          values={module.parameters ?? {}}
          onChange={parameters =>
            onChange(chosenModuleSchema.parse({ ...module, parameters }))
          }
        />
      )}
    </details>
  );
}

function releaseOf(
  releases: readonly Release[],
  version: string | undefined,
): Release {
  return releases.find(release => release.version === version) ?? releases[0];
}
