// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Tenant,
  TenantObject,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../../components/Age';
import { ClampedText } from '../../../components/ClampedText';
import { TextLink } from '../../../components/TextLink';
import { useLinks, useQuery } from '../../../navigation';
import { CopyButton } from '../../../operations/CopyButton';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { eventKey } from '../eventKey';
import { EventMark } from '../EventMark';
import styles from './object.module.css';
import {
  objectAddress,
  type ObjectPlace,
} from '../../../components/objectAddress';
import { objectLogs } from './objectLogs';

/** Props of {@link ObjectDetails}. */
export type ObjectDetailsProps = {
  readonly tenant: Tenant;
  readonly place: ObjectPlace;
  readonly object: TenantObject;
  readonly onAgain: () => void;
};

/** Where an object is, what controls it, its logs, its events and its YAML. */
export function ObjectDetails(props: ObjectDetailsProps) {
  const { tenant, place, object, onAgain } = props;
  const t = useText();
  const { cluster, environment, namespace } = object;
  return (
    <div className={styles.head}>
      <p className={classes.muted}>
        {t('object.where', { namespace, cluster, environment })}
      </p>
      <Logs tenant={tenant} place={place} />
      <Owners object={object} />
      <Events object={object} />
      <h3>{t('object.yaml')}</h3>
      <div className={styles.line}>
        <span className={`${classes.small} ${classes.muted}`}>
          <Age since={object.readAt} />
          {object.masked > 0 &&
            ` · ${t('object.masked', { count: object.masked })}`}
        </span>
        <CopyButton
          label={t('object.copyYaml')}
          done={t('operation.copied')}
          text={() => object.yaml}
        />
        <Button size="small" variant="tertiary" onPress={onAgain}>
          {t('object.again')}
        </Button>
      </div>
      <pre
        className={styles.yaml}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={t('object.yaml')}
      >
        {object.yaml}
      </pre>
    </div>
  );
}

function Logs(props: Pick<ObjectDetailsProps, 'tenant' | 'place'>) {
  const { tenant, place } = props;
  const t = useText();
  const links = useLinks();
  const logs = objectLogs(tenant, place);
  if (!logs) return null;
  return (
    <p className={styles.line}>
      <TextLink href={links.tenant(tenant.name, 'logs', logs.query)}>
        {t('object.logs')}
      </TextLink>
      {logs.previous && (
        <TextLink href={links.tenant(tenant.name, 'logs', logs.previous)}>
          {t('object.previous')}
        </TextLink>
      )}
    </p>
  );
}

function Owners({ object }: Pick<ObjectDetailsProps, 'object'>) {
  const { owners, cluster, namespace } = object;
  const t = useText();
  const [, change] = useQuery();
  return (
    <>
      <h3>{t('object.owners')}</h3>
      {owners.length === 0 ? (
        <p className={classes.muted}>{t('object.noOwners')}</p>
      ) : (
        <ol className={styles.owners} aria-label={t('object.owners')}>
          {owners.map(({ kind, name, known }) => {
            const address = known
              ? objectAddress({ cluster, kind, namespace, name })
              : undefined;
            return (
              <li key={`${kind}/${name}`}>
                {address ? (
                  <button
                    type="button"
                    className={classes.textButton}
                    onClick={() => change({ object: address })}
                  >
                    {kind} {name}
                  </button>
                ) : (
                  <>
                    {kind} {name}{' '}
                    {!known && (
                      <span className={classes.muted}>
                        {t('object.ownerGone')}
                      </span>
                    )}
                  </>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </>
  );
}

function Events({ object }: Pick<ObjectDetailsProps, 'object'>) {
  const t = useText();
  const { events } = object;
  return (
    <>
      <h3>{t('object.events')}</h3>
      {events.length === 0 ? (
        <p className={classes.muted}>{t('object.noEvents')}</p>
      ) : (
        <ul
          className={classes.list}
          style={{ padding: 0 }}
          aria-label={t('object.events')}
        >
          {events.map(event => (
            <li key={eventKey(event)}>
              <EventMark type={event.type} />
              <div className={classes.event}>
                {event.reason}{' '}
                <span className={`${classes.small} ${classes.muted}`}>
                  {event.count > 1 && `×${event.count} `}
                  <ClampedText>{event.message}</ClampedText>
                </span>
              </div>
              <span className={`${classes.small} ${classes.muted}`}>
                <Age since={event.lastSeen} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
