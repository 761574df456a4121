// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon, SearchField } from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiCloseLine,
  RiFilterLine,
} from '@remixicon/react';
import type { RefObject } from 'react';
import type { QueryChange } from '../../navigation';
import { useText } from '../../useText';
import { OptionToggle } from '../OptionToggle';
import { classes } from '../styles';
import type { LogTaste } from '../useLogTaste';
import type { LogSearchState } from './useLogSearch';

/** Props of {@link SearchBox}. */
export type SearchBoxProps = {
  readonly text: string;
  readonly search: LogSearchState;
  /** Place of the current match, from 1. */
  readonly position: number;
  readonly mode: LogTaste['mode'];
  readonly field: RefObject<HTMLDivElement>;
  readonly onStep: (by: 1 | -1) => void;
  /** Where there is little room: puts the field away. */
  readonly onClose: () => void;
  readonly onChange: (
    change: QueryChange,
    options?: { replace: boolean },
  ) => void;
};

/** Looks for text in the lines, and goes from one match to the next. */
export function SearchBox(props: SearchBoxProps) {
  const { text, search, field, onChange, onStep } = props;
  const t = useText();
  return (
    <div
      className={classes.searchGroup}
      data-active={search.run !== undefined}
      data-invalid={search.problem !== undefined}
    >
      <div className={classes.searchInput} ref={field}>
        <SearchField
          size="small"
          aria-label={t('logs.search')}
          placeholder={t('logs.searchPlaceholder')}
          value={text}
          onChange={value => onChange({ q: value }, { replace: true })}
          onSubmit={() => onStep(1)}
        />
      </div>
      {search.run && <Matches {...props} />}
      <div className={classes.closeSearch}>
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('logs.closeSearch')}
          onPress={props.onClose}
        />
      </div>
    </div>
  );
}

function Matches(props: SearchBoxProps) {
  const { search, position, mode, onStep, onChange } = props;
  const t = useText();
  return (
    <>
      <span className={classes.matchCount} role="status">
        {t('logs.matches', { n: String(position), all: String(search.count) })}
      </span>
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={classes.searchButton}
        icon={<RiArrowUpSLine />}
        aria-label={t('logs.previousMatch')}
        onPress={() => onStep(-1)}
      />
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={classes.searchButton}
        icon={<RiArrowDownSLine />}
        aria-label={t('logs.nextMatch')}
        onPress={() => onStep(1)}
      />
      <OptionToggle
        label={t('logs.onlyMatches')}
        icon={<RiFilterLine />}
        isOn={mode === 'filter'}
        onChange={on => onChange({ mode: on ? 'filter' : undefined })}
      />
    </>
  );
}
