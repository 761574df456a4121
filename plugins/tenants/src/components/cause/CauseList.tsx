// SPDX-License-Identifier: Apache-2.0
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useState } from 'react';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { CauseCard, type CauseParts } from './CauseCard';
import { causeTitle } from './causeTitle';
import styles from './cause.module.css';
import { HealthShape } from '../HealthShape';
import { CauseStory } from './CauseStory';

/** Causes that are named at the most: beyond that a list helps nobody. */
const MAX_CAUSES = 20;

/** Props of {@link CauseList}. */
export type CauseListProps = {
  readonly tenant: string;
  readonly causes: readonly Cause[];
  /** What the page knows around a cause that is shown in full. */
  readonly partsOf?: (cause: Cause) => CauseParts;
};

/** The first cause in full; the others one line each, which opens. Nothing when there is no cause. */
export function CauseList({ tenant, causes, partsOf }: CauseListProps) {
  const [opened, setOpened] = useState<readonly string[]>([]);
  const named = causes.slice(0, MAX_CAUSES);
  const isFull = (cause: Cause, index: number) =>
    index === 0 || opened.includes(causeKey(cause));
  const others = named.filter((cause, index) => !isFull(cause, index));
  return (
    <>
      {named.filter(isFull).map(cause => (
        <Focused key={causeKey(cause)} isOpened={cause !== named[0]}>
          <CauseCard tenant={tenant} cause={cause} {...partsOf?.(cause)} />
        </Focused>
      ))}
      {others.length > 0 && (
        <OtherCauses
          causes={others}
          onOpen={cause => setOpened([...opened, causeKey(cause)])}
        />
      )}
    </>
  );
}

/** What was opened takes the focus of the line that opened it, which is gone. */
function Focused(props: {
  readonly isOpened: boolean;
  readonly children: React.ReactNode;
}) {
  const focus = useCallback((node: HTMLElement | null) => node?.focus(), []);
  if (!props.isOpened) return <>{props.children}</>;
  return (
    <div ref={focus} tabIndex={-1}>
      {props.children}
    </div>
  );
}

function OtherCauses(props: {
  readonly causes: readonly Cause[];
  readonly onOpen: (cause: Cause) => void;
}) {
  const { causes, onOpen } = props;
  const t = useText();
  return (
    <section
      className={classes.card}
      aria-label={t('cause.more', { count: causes.length })}
    >
      <ul className={styles.others}>
        {causes.map(cause => (
          <li key={causeKey(cause)} className={styles.other}>
            <HealthShape code={cause.code} size={16} />
            <button
              type="button"
              aria-expanded={false}
              className={`${classes.textButton} ${classes.ellipsis}`}
              onClick={() => onOpen(cause)}
            >
              {causeTitle(t, cause)}
            </button>
            <span className={`${classes.muted} ${classes.ellipsis}`}>
              <CauseStory cause={cause} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function causeKey(cause: Cause): string {
  const { cluster, namespace, object, reason, container } = cause;
  return [
    cluster,
    namespace,
    object.kind,
    object.name,
    cause.pod,
    container,
    reason,
  ].join('/');
}
