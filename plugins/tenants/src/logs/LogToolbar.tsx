// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon, SearchField, Select, Switch } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiFilter3Line,
  RiPauseLine,
} from '@remixicon/react';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { type RefObject } from 'react';
import type { QueryChange } from '../navigation';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { LevelField, RangeField } from './FilterFields';
import { classes as logClasses } from './styles';
import type { LogOptions } from './logSelection';
import type { LogSearchState, SearchProblem } from './search/useLogSearch';
import { SelectionFields } from './SelectionFields';
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
  /** On a narrow screen: whether more than the search is shown. */
  readonly choicesShown: boolean;
  readonly onChoices: () => void;
  readonly onChange: Change;
};

/** Chooses whose lines are read, looks for text in them, and follows. */
export function LogToolbar(props: LogToolbarProps) {
  const { selection, query, tail, onChange } = props;
  const t = useText();
  return (
    <div className={classes.filters}>
      <div className={logClasses.choices}>
        <SelectionFields
          selection={selection}
          options={props.options}
          onChange={onChange}
        />
      </div>
      <SearchBox {...props} />
      <div className={logClasses.choices}>
        <LevelField query={query} onChange={onChange} />
        <RangeField query={query} onChange={onChange} />
        <Switch
          label={t('logs.previous')}
          isSelected={selection.previous === true}
          onChange={on =>
            onChange({ previous: on ? '1' : undefined, line: undefined })
          }
        />
      </div>
      <div className={logClasses.choicesButton}>
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiFilter3Line />}
          aria-expanded={props.choicesShown}
          onPress={props.onChoices}
        >
          {choicesText(t, query)}
        </Button>
      </div>
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

/** What narrows the lines down, by the names of the address. */
const CHOICES = [
  ['env'],
  ['module'],
  ['workload'],
  ['pod'],
  ['container'],
  ['level'],
  ['since', 'from'],
  ['previous'],
];

function choicesText(t: Translate, query: URLSearchParams): string {
  const made = CHOICES.filter(names => names.some(name => query.get(name)));
  return made.length === 0
    ? t('logs.choices')
    : t('logs.choicesMade', { n: String(made.length) });
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
