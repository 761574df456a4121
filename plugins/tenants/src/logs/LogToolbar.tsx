// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon, SearchField, Switch } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiPauseLine,
} from '@remixicon/react';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../components/ChoiceField';
import type { QueryChange } from '../navigation';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import type { LogOptions } from './logSelection';
import type { FollowTail } from './useFollowTail';
import type { LogMatchState } from './useLogMatches';

type Change = (change: QueryChange, options?: { replace: boolean }) => void;

/** Props of {@link LogToolbar}. */
export type LogToolbarProps = {
  readonly selection: LogSelection;
  readonly options: LogOptions;
  readonly q: string;
  readonly matches: LogMatchState;
  readonly tail: FollowTail;
  readonly onChange: Change;
};

/** Chooses whose lines are read, looks for text in them, and follows. */
export function LogToolbar(props: LogToolbarProps) {
  const { selection, tail, onChange } = props;
  const t = useText();
  return (
    <div className={classes.filters}>
      <SelectionFields {...props} />
      <SearchBox {...props} />
      <Switch
        label={t('logs.previous')}
        isSelected={selection.previous === true}
        onChange={on => onChange({ previous: on ? '1' : undefined })}
      />
      <span className={classes.grow} />
      {selection.follow && (
        <Button
          variant={tail.following ? 'primary' : 'secondary'}
          size="small"
          aria-pressed={tail.following}
          iconStart={tail.following ? <RiPauseLine /> : <RiArrowDownLine />}
          onPress={tail.following ? tail.pause : tail.resume}
        >
          {tail.following ? t('logs.following') : t('logs.follow')}
        </Button>
      )}
    </div>
  );
}

/** Chooses whose lines are read. */
export function SelectionFields(
  props: Pick<LogToolbarProps, 'selection' | 'options' | 'onChange'>,
) {
  const { selection, options, onChange } = props;
  const t = useText();
  return (
    <>
      <ChoiceField
        label={t('logs.environment')}
        anyLabel={t('logs.any')}
        value={selection.environment}
        options={options.environments}
        onChange={env =>
          onChange({ env, pod: undefined, container: undefined })
        }
      />
      <ChoiceField
        label={t('logs.module')}
        anyLabel={t('logs.any')}
        value={selection.module}
        options={options.modules}
        onChange={module =>
          onChange({ module, workload: undefined, pod: undefined })
        }
      />
      <ChoiceField
        label={t('logs.pod')}
        anyLabel={t('logs.any')}
        value={selection.pod}
        options={options.pods}
        onChange={pod => onChange({ pod, container: undefined })}
      />
      <ChoiceField
        label={t('logs.container')}
        anyLabel={t('logs.any')}
        value={selection.container}
        options={options.containers}
        onChange={container => onChange({ container })}
      />
    </>
  );
}

function SearchBox(props: LogToolbarProps) {
  const { q, matches, onChange } = props;
  const t = useText();
  return (
    <>
      <div className={classes.searchBox}>
        <SearchField
          size="small"
          aria-label={t('logs.search')}
          placeholder={t('logs.searchPlaceholder')}
          value={q}
          onChange={value => onChange({ q: value }, { replace: true })}
          onSubmit={() => matches.step(1)}
        />
      </div>
      {matches.search && (
        <>
          <span className={`${classes.small} ${classes.muted}`} role="status">
            {t('logs.matches', {
              n: String(matches.position),
              all: String(matches.count),
            })}
          </span>
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowUpSLine />}
            aria-label={t('logs.previousMatch')}
            onPress={() => matches.step(-1)}
          />
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowDownSLine />}
            aria-label={t('logs.nextMatch')}
            onPress={() => matches.step(1)}
          />
        </>
      )}
    </>
  );
}
