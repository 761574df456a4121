// SPDX-License-Identifier: Apache-2.0
import { classes } from '../../styles';
import { useText } from '../../useText';
import type { RowColumns } from './RollUpTreeRow';

/** The columns of the tree and their names. */
export function RollUpHead({ columns }: { readonly columns: RowColumns }) {
  const { isNarrow, isMeasured, renderMenu } = columns;
  const t = useText();
  const names = isNarrow
    ? []
    : [
        { name: t('tree.ready'), width: 54 },
        { name: t('tree.restarts'), width: 72 },
        ...(isMeasured
          ? [
              { name: t('use.cpu'), width: 88 },
              { name: t('usage.memory'), width: 72 },
            ]
          : []),
      ];
  const hasEnd = isNarrow || renderMenu !== undefined;
  // The last column has the margin of the card.
  const margin = (at: number) => (hasEnd || at < names.length - 1 ? 0 : 14);
  return (
    <>
      <colgroup>
        <col />
        {/* The health must have room whatever else there is. */}
        <col style={{ width: isNarrow ? '34%' : '24%' }} />
        {names.map(({ name, width }, at) => (
          <col key={name} style={{ width: width + margin(at) }} />
        ))}
        {hasEnd && <col style={{ width: 54 }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('tree.name')}</th>
          <th scope="col">{t('tree.health')}</th>
          {names.map(({ name }) => (
            <th key={name} scope="col" className={classes.right}>
              {name}
            </th>
          ))}
          {hasEnd && <th scope="col" aria-label={t('actions.menu')} />}
        </tr>
      </thead>
    </>
  );
}
