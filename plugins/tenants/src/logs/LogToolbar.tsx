// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiFilter3Line,
  RiPauseLine,
  RiSearchLine,
} from '@remixicon/react';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { type RefObject } from 'react';
import type { QueryChange } from '../navigation';
import { useText, type Translate } from '../useText';
import { LevelField, RangeField } from './FilterFields';
import { classes } from './styles';
import type { LogOptions } from './logSelection';
import { SearchBox } from './search/SearchBox';
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
  readonly tail: FollowTail;
  readonly mode: LogTaste['mode'];
  readonly field: RefObject<HTMLDivElement>;
  readonly onStep: (by: 1 | -1) => void;
  /** Where there is little room: what is shown beside the buttons. */
  readonly shown: {
    readonly choices: boolean;
    readonly search: boolean;
    readonly onChoices: () => void;
    readonly onSearch: (on: boolean) => void;
  };
  readonly onChange: Change;
};

/** Chooses whose lines are read, looks for text in them, and follows: in one row. */
export function LogToolbar(props: LogToolbarProps) {
  const { selection, query, search, shown, onChange } = props;
  const t = useText();
  return (
    <>
      <div className={classes.logBar} data-search={shown.search}>
        <FoldedButtons {...props} />
        <div className={classes.choices}>
          <SelectionFields
            selection={selection}
            options={props.options}
            onChange={onChange}
          />
        </div>
        <SearchBox
          text={query.get('q') ?? ''}
          search={search}
          position={props.position}
          mode={props.mode}
          field={props.field}
          onStep={props.onStep}
          onClose={() => shown.onSearch(false)}
          onChange={onChange}
        />
        <div className={classes.choices}>
          <LevelField query={query} onChange={onChange} />
          <RangeField query={query} onChange={onChange} />
        </div>
        <div className={classes.followButton}>
          <FollowButton {...props} />
        </div>
      </div>
      {search.problem && (
        <span className={classes.small} role="alert">
          {problemText(t, search.problem)}
        </span>
      )}
    </>
  );
}

/** Where there is little room: the ways to what is put away. */
function FoldedButtons({ query, shown }: LogToolbarProps) {
  const t = useText();
  return (
    <>
      <div className={classes.choicesButton}>
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiFilter3Line />}
          aria-expanded={shown.choices}
          onPress={shown.onChoices}
        >
          {choicesText(t, query)}
        </Button>
      </div>
      <div className={classes.openSearch}>
        <ButtonIcon
          variant="secondary"
          size="small"
          icon={<RiSearchLine />}
          aria-label={t('logs.openSearch')}
          aria-expanded={shown.search}
          onPress={() => shown.onSearch(true)}
        />
      </div>
    </>
  );
}

function FollowButton({ selection, tail, onChange }: LogToolbarProps) {
  const t = useText();
  if (selection.follow) {
    return (
      <Button
        variant={tail.following ? 'primary' : 'secondary'}
        size="small"
        aria-pressed={tail.following}
        iconStart={tail.following ? <RiPauseLine /> : <RiArrowDownLine />}
        onPress={tail.following ? tail.pause : tail.resume}
      >
        {tail.following ? t('logs.following') : t('logs.follow')}
      </Button>
    );
  }
  if (selection.around === undefined) return null;
  return (
    <Button
      variant="secondary"
      size="small"
      iconStart={<RiArrowDownLine />}
      onPress={() => onChange({ line: undefined })}
    >
      {t('logs.follow')}
    </Button>
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
