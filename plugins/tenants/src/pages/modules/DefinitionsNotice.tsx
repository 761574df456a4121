// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine } from '@remixicon/react';
import type {
  DefinitionProblem,
  DefinitionsStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../../styles';
import { useDateTime } from '../../times/useDateTime';
import { useText, type Translate } from '../../useText';
import styles from './modules.module.css';

/** Mistakes that are written out; the rest is counted. */
const MAX_PROBLEMS = 20;

/** Says which definitions are refused, with file, line and column, and that the last good ones stay. */
export function DefinitionsNotice(props: {
  readonly status: readonly DefinitionsStatus[];
}) {
  const bad = props.status.filter(
    source => source.state !== 'loaded' || source.problems.length > 0,
  );
  return (
    <>
      {bad.map(source => (
        <SourceNotice key={source.source} source={source} />
      ))}
    </>
  );
}

function titleOf(t: Translate, status: DefinitionsStatus): string {
  const { source, state, problems } = status;
  switch (state) {
    case 'loading':
      return t('modules.loadingTitle', { source });
    case 'failed':
      return t('modules.failedTitle', { source });
    case 'stale':
      return t('modules.staleTitle');
    case 'loaded':
      return t('modules.problems', { count: problems.length });
    default:
      return state satisfies never;
  }
}

function SourceNotice({ source }: { readonly source: DefinitionsStatus }) {
  const t = useText();
  const { problems, loadedAt, state } = source;
  const rest = problems.length - MAX_PROBLEMS;
  const dateTime = useDateTime();
  const time = loadedAt ? dateTime(Date.parse(loadedAt)) : t('time.notKnown');
  return (
    <section
      className={`${classes.notice} ${styles.definitions}`}
      aria-label={titleOf(t, source)}
    >
      <RiAlertLine size={16} aria-hidden />
      <div>
        <strong>{titleOf(t, source)}</strong>{' '}
        {state === 'stale' &&
          t('modules.stale', { source: source.source, time })}
        <ul className={styles.problems}>
          {problems.slice(0, MAX_PROBLEMS).map(problem => (
            <ProblemItem key={JSON.stringify(problem)} problem={problem} />
          ))}
        </ul>
        {rest > 0 && t('modules.moreProblems', { count: rest })}
      </div>
    </section>
  );
}

function placeOf(t: Translate, problem: DefinitionProblem): string {
  const { file, line, column } = problem;
  if (line === undefined) return file;
  return t('modules.at', {
    file,
    line: String(line),
    column: String(column ?? 1),
  });
}

function ProblemItem({ problem }: { readonly problem: DefinitionProblem }) {
  const t = useText();
  return (
    <li>
      <code>{placeOf(t, problem)}</code> <code>{problem.rule}</code>{' '}
      {problem.message} {t('modules.remedy', { remedy: problem.remedy })}
    </li>
  );
}
