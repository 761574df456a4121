// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import { formatNumber } from '../formatting/quantity';
import { useText, type Translate } from '../useText';
import { classes } from './styles';
import type { LogSnapshot } from './LogSession';
import type { Frozen } from './useFollowTail';

/** Above this the number of new lines is no longer counted aloud. */
const MANY_LINES = 9_999;

function pillText(t: Translate, lines: number, errors: number): string {
  const text =
    lines > MANY_LINES
      ? t('logs.newLinesMany')
      : t('logs.newLines', { count: lines, n: formatNumber(lines) });
  return errors > 0
    ? `${text}, ${t('logs.errors', { count: errors, n: formatNumber(errors) })}`
    : text;
}

/** What came while the view stood still, and the way to it. */
export function NewLinesPill(props: {
  readonly log: LogSnapshot;
  readonly frozen: Frozen;
  readonly onResume: () => void;
}) {
  const { log, frozen, onResume } = props;
  const t = useText();
  const lines = log.endKey - frozen.endKey;
  if (lines <= 0) return null;
  return (
    <div className={classes.pill}>
      <Button
        variant="primary"
        iconStart={<RiArrowDownLine />}
        onPress={onResume}
      >
        {pillText(t, lines, log.errors - frozen.errors)}
      </Button>
    </div>
  );
}
