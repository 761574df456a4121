// SPDX-License-Identifier: Apache-2.0
import { useNow } from '../../components/sharedClock';
import { preciseClockTime } from '../../formatting/clockTime';
import { formatAgo } from '../../formatting/duration';
import { useText } from '../../useText';
import type { TimeFormat } from '../../times/TimeFormat';

function Ago({ at }: { readonly at: number }) {
  const t = useText();
  return <>{formatAgo(t, at, useNow())}</>;
}

/** When a line was written. */
export function LineTime(props: {
  readonly at: number;
  readonly format: TimeFormat;
}) {
  const { at, format } = props;
  if (Number.isNaN(at)) return null;
  if (format === 'relative') return <Ago at={at} />;
  return <>{preciseClockTime(at, format)}</>;
}
