// SPDX-License-Identifier: Apache-2.0
import { BgProvider } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../styles';

/** Props of {@link StateBlock}. */
export type StateBlockProps = {
  readonly kind: 'empty' | 'error' | 'forbidden' | 'notFound';
  readonly title: string;
  readonly text?: string;
  readonly icon?: ReactElement;
  /** Names and values under the text. */
  readonly facts?: readonly {
    readonly name: string;
    readonly value: ReactNode;
  }[];
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
};

/** Stands where content would be: empty, failed, forbidden or not found, with what to do next. */
export function StateBlock(props: StateBlockProps) {
  const { kind, title, text, icon, facts, actions, children } = props;
  return (
    <section
      className={classes.state}
      data-state={kind}
      role={kind === 'error' ? 'alert' : undefined}
      aria-label={title}
    >
      <div className={kind === 'empty' ? undefined : classes.stateCard}>
        <div className={classes.row}>
          {icon}
          <h2 className={classes.stateTitle}>{title}</h2>
        </div>
        {text && <p className={classes.stateText}>{text}</p>}
        {facts && facts.length > 0 && (
          <dl className={classes.stateFacts}>
            {facts.map(fact => (
              <FactRow key={fact.name} {...fact} />
            ))}
          </dl>
        )}
        {actions && (
          <StateActions onCard={kind !== 'empty'}>{actions}</StateActions>
        )}
      </div>
      {children}
    </section>
  );
}

function FactRow(props: { readonly name: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}

function StateActions(props: {
  readonly onCard: boolean;
  readonly children: ReactNode;
}) {
  const row = (
    <div className={`${classes.row} ${classes.stateActions}`}>
      {props.children}
    </div>
  );
  return props.onCard ? <BgProvider bg="neutral-1">{row}</BgProvider> : row;
}
