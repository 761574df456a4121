// SPDX-License-Identifier: Apache-2.0
import type {
  DefinitionsStatus,
  HealthCode,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { HealthShape } from '../../components/HealthShape';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import { DefinitionsNotice } from '../modules/DefinitionsNotice';

type State = DefinitionsStatus['state'];

const SHAPES: Record<State, HealthCode> = {
  loaded: 'Healthy',
  loading: 'Progressing',
  stale: 'Degraded',
  failed: 'Degraded',
};

function stateText(t: Translate, state: State): string {
  const texts: Record<State, string> = {
    loaded: t('definitions.loaded'),
    loading: t('definitions.loading'),
    stale: t('definitions.stale'),
    failed: t('definitions.failed'),
  };
  return texts[state];
}

/** What became of the module definitions: by source, with every mistake as file, line and column. */
export function DefinitionsCard(props: {
  readonly status: readonly DefinitionsStatus[];
}) {
  const { status } = props;
  const t = useText();
  return (
    <section className={classes.card} aria-label={t('definitions.title')}>
      <div className={classes.cardHead}>
        <h3>{t('definitions.title')}</h3>
      </div>
      {status.length === 0 && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('definitions.empty')}
        </p>
      )}
      <ul className={classes.list}>
        {status.map(source => (
          <SourceLine key={source.source} source={source} />
        ))}
      </ul>
      <DefinitionsNotice status={status} />
    </section>
  );
}

function SourceLine({ source }: { readonly source: DefinitionsStatus }) {
  const { state, problems, loadedAt } = source;
  const t = useText();
  const count = problems.length;
  return (
    <li>
      <HealthShape code={SHAPES[state]} />
      <span className={classes.anywhere}>
        <code>{source.source}</code>{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {stateText(t, state)},{' '}
          {count > 0
            ? t('definitions.errors', { count })
            : t('definitions.noErrors')}
        </span>
      </span>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        <Age since={loadedAt} />
      </span>
    </li>
  );
}
