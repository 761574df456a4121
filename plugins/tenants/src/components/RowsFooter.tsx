// SPDX-License-Identifier: Apache-2.0
import { BgProvider, Button } from '@backstage/ui';
import { formatNumber } from '../formatting/quantity';
import { MAX_ROWS, type Pages } from '../live/usePages';
import { classes } from '../styles';
import { useText } from '../useText';
import { problemText } from './problemText';

/** The end of a list that is read page by page: more, or why not. */
export function RowsFooter(props: { readonly pages: Pages<unknown, unknown> }) {
  const { pages } = props;
  const t = useText();
  if (!pages.hasMore && !pages.isFull) return null;
  return (
    <BgProvider bg="neutral-1">
      <div className={`${classes.row} ${classes.rowsFooter}`}>
        {pages.problem && (
          <span role="alert">{problemText(t, pages.problem)}</span>
        )}
        {pages.isFull ? (
          <span className={classes.muted}>
            {t('pages.full', { n: formatNumber(MAX_ROWS) })}
          </span>
        ) : (
          <Button
            size="small"
            variant="secondary"
            isPending={pages.isAsking}
            onPress={pages.more}
          >
            {t('pages.more')}
          </Button>
        )}
      </div>
    </BgProvider>
  );
}
