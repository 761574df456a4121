// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../../components/Age';
import { EntityRefLink } from '../../../components/EntityRefLink';
import { HealthShape } from '../../../components/HealthShape';
import { TextLink } from '../../../components/TextLink';
import { useLinks } from '../../../navigation';
import { stateShape, stateWord } from '../../../operations/operationWords';
import { classes } from '../../../styles';
import { useText } from '../../../useText';

/** Enough to see what was done lately; the tab has all of it. */
const SHOWN = 5;

/** What was done to the tenant last, by whom, and the way to each. */
export function LastOperations(props: {
  readonly tenant: string;
  readonly operations: readonly Operation[];
}) {
  const { tenant, operations } = props;
  const t = useText();
  const links = useLinks();
  const shown = operations.slice(0, SHOWN);
  return (
    <section className={classes.card} aria-label={t('before.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('before.title')}</h3>
        <TextLink href={links.tenant(tenant, 'operations')}>
          {t('before.all')}
        </TextLink>
      </div>
      {shown.length === 0 && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('before.empty')}
        </p>
      )}
      <ul className={classes.list}>
        {shown.map(operation => (
          <li key={operation.id}>
            <span
              role="img"
              aria-label={stateWord(t, operation.state)}
              title={stateWord(t, operation.state)}
            >
              <HealthShape code={stateShape(operation.state)} />
            </span>
            <OperationLine operation={operation} />
            <span
              className={`${classes.small} ${classes.muted} ${classes.noWrap}`}
            >
              <Age since={operation.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OperationLine({ operation }: { readonly operation: Operation }) {
  const { id, tenant, title, requestedBy, result, environments } = operation;
  const t = useText();
  const links = useLinks();
  const { revision } = result ?? {};
  return (
    <div className={classes.event}>
      <TextLink href={links.tenant(tenant, 'overview', { op: id })}>
        {title}
      </TextLink>
      <div className={`${classes.small} ${classes.muted}`}>
        {environments.join(', ')}{' '}
        {t('before.by', { who: <EntityRefLink entityRef={requestedBy} /> })}
        {revision !== undefined &&
          ` · ${t('before.revision', { n: String(revision) })}`}
      </div>
    </div>
  );
}
