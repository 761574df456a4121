// SPDX-License-Identifier: Apache-2.0
import type { Plan, QuotaFit } from '@tenantry/backstage-plugin-tenants-common';
import { quotaName } from '../../../components/quotaName';
import { formatAmount } from '../../../formatting/quantity';
import { QuotaFitBars } from '../../../plan/QuotaFitBars';
import { classes } from '../../../styles';
import { useText, type Translate } from '../../../useText';

function shareOf({ after, hard }: QuotaFit): number {
  return hard > 0 ? after / hard : Number(after > 0) * 2;
}

/** The answer in one sentence, with the tightest resource. */
function sentence(t: Translate, plan: Plan, quota: readonly QuotaFit[]) {
  const [tightest] = [...quota].sort((a, b) => shareOf(b) - shareOf(a));
  if (tightest && tightest.left < 0) {
    const { resource, left, unit } = tightest;
    const over = formatAmount(-left, unit);
    return t('fit.no', { resource: quotaName(t, resource), over });
  }
  if (plan.refusals.length > 0) return t('fit.refused');
  if (!tightest) return t('fit.unknown');
  return t('fit.yesTight', {
    resource: quotaName(t, tightest.resource),
    left: formatAmount(tightest.left, tightest.unit),
  });
}

/** Whether the quota holds a change, how it would be filled, and what else stands in the way. */
export function FitAnswer(props: {
  readonly plan: Plan;
  readonly environment: string;
}) {
  const { plan, environment } = props;
  const t = useText();
  const quota =
    plan.environments.find(({ name }) => name === environment)?.quota ?? [];
  const others = plan.refusals.filter(({ rule }) => rule !== 'quota');
  return (
    <>
      <p role="status" className={classes.bold}>
        {sentence(t, plan, quota)}
      </p>
      {others.length > 0 && (
        <ul aria-label={t('plan.refusals')}>
          {others.map(refusal => (
            <li key={`${refusal.rule}/${refusal.subject}/${refusal.message}`}>
              {refusal.message}
            </li>
          ))}
        </ul>
      )}
      <QuotaFitBars quota={quota} />
    </>
  );
}
