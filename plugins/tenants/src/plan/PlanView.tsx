// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@backstage/ui';
import type {
  EnvironmentPlan,
  Plan,
  PlanFix,
  PlanNote,
} from '@tenantry/backstage-plugin-tenants-common';
import { HealthShape } from '../components/HealthShape';
import { problemText } from '../components/problemText';
import { classes } from '../styles';
import { useClock } from '../times/useClock';
import { useText } from '../useText';
import { ChangeSetView } from './ChangeSetView';
import { ModuleOrder } from './ModuleOrder';
import { NoteList } from './NoteList';
import styles from './plan.module.css';
import { isEmptyPlan, planSummary } from './planSummary';
import { QuotaFitBars } from './QuotaFitBars';
import { RefusalList } from './RefusalList';
import type { PlanState } from './usePlan';

/** A fix that is a change of what is asked for. */
export type FixChange = NonNullable<PlanFix['change']>;

/** Props of {@link PlanView}. */
export type PlanViewProps = {
  readonly state: PlanState;
  /** Takes over a fix. Left out, fixes are only told, but for a missing secret: that can be set right there. */
  readonly onFix?: (change: FixChange) => void;
};

/** What would happen: refusals and their fixes, changes, quota, notes and order. The old answer stays while a new one is made. */
export function PlanView({ state, onFix }: PlanViewProps) {
  const { plan, isChecking, problem } = state;
  const t = useText();
  return (
    <div className={styles.plan} aria-busy={isChecking}>
      <div className={classes.row}>
        {plan && <Summary plan={plan} />}
        <span className={classes.grow} />
        <span className={`${classes.small} ${classes.muted}`}>
          {isChecking && t('plan.checking')}
          {!isChecking && plan && !problem && t('plan.upToDate')}
        </span>
      </div>
      {/* Only the summary is announced: the rest would be read anew at each keystroke. */}
      <p role="status" className={styles.hidden}>
        {plan && !isChecking && !problem ? planSummary(t, plan) : ''}
      </p>
      {problem && <PlanProblem state={state} />}
      {!plan && !problem && (
        <div role="status" aria-label={t('plan.first')}>
          <p className={classes.muted}>{t('plan.first')}</p>
          <Skeleton height={120} />
        </div>
      )}
      {plan && (
        <PlanBody plan={plan} onFix={onFix} onSecretSet={state.remake} />
      )}
    </div>
  );
}

function Summary({ plan }: { readonly plan: Plan }) {
  const t = useText();
  const isRefused = plan.refusals.length > 0;
  return (
    <span className={classes.health}>
      <HealthShape code={isRefused ? 'Degraded' : 'Healthy'} />
      <strong className={isRefused ? styles.negative : undefined}>
        {planSummary(t, plan)}
      </strong>
    </span>
  );
}

function PlanProblem({ state }: { readonly state: PlanState }) {
  const { problem, plan, remake } = state;
  const t = useText();
  if (!problem) return null;
  const why =
    problem.kind === 'http' && problem.message
      ? problem.message
      : problemText(t, problem);
  return (
    <div className={classes.notice} role="alert">
      <span className={classes.grow}>
        {t('plan.failed', { why })} {plan && t('plan.keptOld')}
      </span>
      <Button size="small" variant="secondary" onPress={remake}>
        {t('problem.tryAgain')}
      </Button>
    </div>
  );
}

function PlanBody(props: {
  readonly plan: Plan;
  readonly onFix: PlanViewProps['onFix'];
  readonly onSecretSet: () => void;
}) {
  const { plan, onFix, onSecretSet } = props;
  const t = useText();
  const several = plan.environments.length > 1;
  return (
    <>
      <RefusalList
        tenant={plan.tenant}
        refusals={plan.refusals}
        onFix={onFix}
        onSecretSet={onSecretSet}
      />
      {isEmptyPlan(plan) && (
        <p className={classes.muted}>{t('plan.nothingText')}</p>
      )}
      {plan.environments.map(environment => (
        <EnvironmentSection
          key={`${environment.cluster}/${environment.name}`}
          environment={environment}
          withName={several}
        />
      ))}
      <NoteList notes={plan.notes} />
    </>
  );
}

function EnvironmentSection(props: {
  readonly environment: EnvironmentPlan;
  readonly withName: boolean;
}) {
  const { environment, withName } = props;
  const { name, cluster, tier, exists } = environment;
  const t = useText();
  return (
    <section
      className={styles.environment}
      aria-label={t('plan.inEnvironment', { environment: name, cluster })}
    >
      {withName && (
        <h3 className={styles.environmentTitle}>
          {t('plan.inEnvironment', { environment: name, cluster })}{' '}
          <span className={`${classes.small} ${classes.muted}`}>
            {t('plan.tier', { tier })} {!exists && t('plan.newEnvironment')}
          </span>
        </h3>
      )}
      <ChangeSetView changes={environment.changes} />
      <QuotaFitBars quota={environment.quota} />
      <ModuleOrder modules={environment.modules} />
    </section>
  );
}

function isOffline(notes: readonly PlanNote[]): boolean {
  return notes.some(note => note.kind === 'offline-validation');
}

/** When a plan was made, and whether the cluster was asked. */
export function PlanMade({ plan }: { readonly plan: Plan }) {
  const t = useText();
  const at = useClock()(Date.parse(plan.madeAt));
  return (
    <span className={`${classes.small} ${classes.muted}`}>
      {isOffline(plan.notes)
        ? t('plan.madeOffline', { time: at })
        : t('plan.made', { time: at })}
    </span>
  );
}
