// SPDX-License-Identifier: Apache-2.0
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { formatShortDuration } from '../../formatting/duration';
import { useClock } from '../../times/useClock';
import { useText, type Translate } from '../../useText';
import { Age } from '../Age';
import { useNow } from '../sharedClock';

const TEN_SECONDS = 10_000;
const MINUTE = 60_000;

/** How often, since when and where: `OOMKilled 14 times since 13:50:04 UTC (42 min) in prod on eu-west. Next start in about 3 min.` */
export function CauseStory({ cause }: { readonly cause: Cause }) {
  const { environment, cluster, since, nextStartAt } = cause;
  const t = useText();
  const clock = useClock();
  const words = { what: whatHappens(t, cause), environment, cluster };
  return (
    <>
      {since
        ? t('cause.since', {
            ...words,
            time: clock(Date.parse(since)),
            age: <Age since={since} format="duration" alwaysRelative />,
          })
        : t('cause.where', words)}
      {nextStartAt && <NextStart at={Date.parse(nextStartAt)} />}
    </>
  );
}

/** A back-off is how it shows; how the container ends is what happens. */
function whatHappens(t: Translate, { reason, ended }: Cause): string {
  if (!ended) return reason;
  const { times, reason: end } = ended;
  const n = String(times);
  if (!end) return times > 1 ? t('cause.ended', { reason, n }) : reason;
  return times > 1 ? t('cause.times', { reason: end, n }) : end;
}

/** Nobody knows it to the second: the kubelet looks every few. Nothing once it is due. */
function NextStart({ at }: { readonly at: number }) {
  const t = useText();
  const waitMs = useNow(now => roundUp(at - now));
  if (!(waitMs > 0)) return null;
  const wait = formatShortDuration(t, waitMs);
  return <> {t('cause.nextStart', { wait })}</>;
}

function roundUp(ms: number): number {
  const unit = ms < MINUTE ? TEN_SECONDS : MINUTE;
  return ms < MINUTE
    ? Math.ceil(ms / unit) * unit
    : Math.round(ms / unit) * unit;
}
