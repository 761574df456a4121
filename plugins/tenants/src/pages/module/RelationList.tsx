// SPDX-License-Identifier: Apache-2.0
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import type { Relation } from './relations';

function wordOf(t: Translate, { kind, direction }: Relation): string {
  const isOut = direction === 'out';
  switch (kind) {
    case 'requires':
      return isOut ? t('module.needs') : t('module.needsThis');
    case 'recommends':
      return isOut ? t('module.recommends') : t('module.recommendsThis');
    case 'conflicts':
      return isOut ? t('module.conflictsWith') : t('module.conflictsThis');
    default:
      return kind satisfies never;
  }
}

/** The same as the graph, as a table. */
export function RelationList(props: {
  readonly relations: readonly Relation[];
}) {
  const t = useText();
  const links = useLinks();
  return (
    <table className={classes.table} aria-label={t('module.graph')}>
      <thead>
        <tr>
          <th scope="col">{t('module.module')}</th>
          <th scope="col">{t('module.relation')}</th>
          <th scope="col">{t('module.range')}</th>
          <th scope="col">{t('module.why')}</th>
        </tr>
      </thead>
      <tbody>
        {props.relations.map(relation => (
          <tr key={`${relation.direction}/${relation.kind}/${relation.module}`}>
            <th scope="row">
              <TextLink href={links.module(relation.module)}>
                {relation.module}
              </TextLink>
            </th>
            <td>{wordOf(t, relation)}</td>
            <td>
              {relation.range === '*' ? t('module.anyRelease') : relation.range}
            </td>
            <td>{relation.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
