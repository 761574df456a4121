// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon, SearchField, Select, Switch } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiPauseLine,
} from '@remixicon/react';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { type RefObject } from 'react';
import { ChoiceField } from '../components/ChoiceField';
import type { QueryChange } from '../navigation';
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import { LevelField, RangeField } from './FilterFields';
import type { LogOptions } from './logSelection';
import type { LogSearchState, SearchProblem } from './search/useLogSearch';
import type { FollowTail } from './useFollowTail';
import type { LogTaste } from './useLogTaste';

type Change = (change: QueryChange, options?: { replace: boolean }) => void;

/** Props of {@link LogToolbar}. */
export type LogToolbarProps = {
  readonly selection: LogSelection;
  readonly options: LogOptions;
  readonly query: URLSearchParams;
  readonly search: LogSearchState;
  /** Place of the current match, from 1. */
  readonly position: number;
  readonly beyond: React.ReactNode;
  readonly tail: FollowTail;
  readonly mode: LogTaste['mode'];
  readonly field: RefObject<HTMLDivElement>;
  readonly onStep: (by: 1 | -1) => void;
  readonly onChange: Change;
};

/** Chooses whose lines are read, looks for text in them, and follows. */
export function LogToolbar(props: LogToolbarProps) {
  const { selection, query, tail, onChange } = props;
  const t = useText();
  return (
    <div className={classes.filters}>
      <SelectionFields {...props} />
      <SearchBox {...props} />
      <LevelField query={query} onChange={onChange} />
      <RangeField query={query} onChange={onChange} />
      <Switch
        label={t('logs.previous')}
        isSelected={selection.previous === true}
        onChange={on =>
          onChange({ previous: on ? '1' : undefined, line: undefined })
        }
      />
      <span className={classes.grow} />
      {selection.follow ? (
        <Button
          variant={tail.following ? 'primary' : 'secondary'}
          size="small"
          aria-pressed={tail.following}
          iconStart={tail.following ? <RiPauseLine /> : <RiArrowDownLine />}
          onPress={tail.following ? tail.pause : tail.resume}
        >
          {tail.following ? t('logs.following') : t('logs.follow')}
        </Button>
      ) : (
        selection.around !== undefined && (
          <Button
            variant="secondary"
            size="small"
            iconStart={<RiArrowDownLine />}
            onPress={() => onChange({ line: undefined })}
          >
            {t('logs.follow')}
          </Button>
        )
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
      {options.containers.length > 1 && (
        <ChoiceField
          label={t('logs.container')}
          anyLabel={t('logs.any')}
          value={selection.container}
          options={options.containers}
          onChange={container => onChange({ container })}
        />
      )}
    </>
  );
}

function problemText(t: Translate, problem: SearchProblem): string {
  if (problem.kind === 'slow') return t('logs.slowPattern');
  const { pattern, why } = problem;
  return pattern === undefined ? why : t('logs.badPattern', { pattern, why });
}

function SearchBox(props: LogToolbarProps) {
  const { query, search, field, onChange, onStep } = props;
  const t = useText();
  return (
    <>
      <div
        className={classes.searchBox}
        ref={field}
        data-invalid={search.problem !== undefined}
      >
        <SearchField
          size="small"
          aria-label={t('logs.search')}
          placeholder={t('logs.searchPlaceholder')}
          value={query.get('q') ?? ''}
          onChange={value => onChange({ q: value }, { replace: true })}
          onSubmit={() => onStep(1)}
        />
      </div>
      {search.problem && (
        <span className={classes.small} role="alert">
          {problemText(t, search.problem)}
        </span>
      )}
      {search.run && <Matches {...props} />}
    </>
  );
}

function Matches(props: LogToolbarProps) {
  const { search, position, mode, onStep, onChange } = props;
  const t = useText();
  return (
    <>
      <span className={`${classes.small} ${classes.muted}`} role="status">
        {t('logs.matches', { n: String(position), all: String(search.count) })}
      </span>
      {props.beyond}
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiArrowUpSLine />}
        aria-label={t('logs.previousMatch')}
        onPress={() => onStep(-1)}
      />
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiArrowDownSLine />}
        aria-label={t('logs.nextMatch')}
        onPress={() => onStep(1)}
      />
      <div className={classes.choice}>
        <Select
          size="small"
          aria-label={t('logs.searchMode')}
          options={[
            { id: 'highlight', label: t('logs.highlight') },
            { id: 'filter', label: t('logs.filter') },
          ]}
          value={mode}
          onChange={chosen =>
            onChange({ mode: chosen === 'filter' ? 'filter' : undefined })
          }
        />
      </div>
    </>
  );
}
