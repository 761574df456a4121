// SPDX-License-Identifier: Apache-2.0
import {
  ButtonLink,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { HealthMark } from '../HealthMark';
import { inUse, type Resource } from './inUse';
import type { RollUpNode } from './rollUp';
import type { TreeUsage } from './RollUpGrid';
import type { RenderMenu } from './RollUpTreeRow';
import type { NodeUse } from './rollUpUse';
import { healthDetail, rowName } from './rollUpWords';

/** Props of {@link RollUpSheet}. */
export type RollUpSheetProps = {
  readonly tenant: string;
  /** Whose row; `undefined`, or a row that has gone, shows nothing. */
  readonly node: RollUpNode | undefined;
  readonly usage: TreeUsage | undefined;
  readonly uses: Readonly<Record<string, NodeUse>>;
  readonly renderMenu: RenderMenu | undefined;
  readonly onClose: () => void;
};

/** All of a row of the tree, where its columns have no room. It lives as the row does. */
export function RollUpSheet(props: RollUpSheetProps) {
  const { tenant, node, onClose, renderMenu } = props;
  const t = useText();
  const links = useLinks();
  if (!node) return null;
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <DialogHeader>{rowName(t, node)}</DialogHeader>
      <DialogBody>
        <Facts {...props} node={node} />
      </DialogBody>
      <DialogFooter>
        {renderMenu?.(node, { inRow: false, onChosen: onClose })}
        {node.object && (
          <ButtonLink
            variant="secondary"
            href={links.tenant(tenant, 'overview', { object: node.object })}
            onPress={onClose}
          >
            {t('use.yaml')}
          </ButtonLink>
        )}
        {node.logs && (
          <ButtonLink
            variant="secondary"
            href={links.tenant(tenant, 'logs', node.logs)}
          >
            {t('workloads.logs')}
          </ButtonLink>
        )}
      </DialogFooter>
    </Dialog>
  );
}

function Facts(props: RollUpSheetProps & { readonly node: RollUpNode }) {
  const { node, usage, uses } = props;
  const t = useText();
  const use = (resource: Resource) =>
    inUse(t, resource, uses[node.id], {
      isLoading: usage?.isLoading ?? false,
      why: usage?.whyNot(node.cluster) ?? '',
    }).said;
  return (
    <dl className={classes.sheetFacts}>
      <dt>{t('tree.health')}</dt>
      <dd className={`${classes.row} ${classes.wrap}`}>
        <HealthMark code={node.health.code} />
        <span className={classes.muted}>{healthDetail(t, node)}</span>
      </dd>
      <dt>{t('tree.ready')}</dt>
      <dd>
        {node.ready}/{node.total}
      </dd>
      <dt>{t('tree.restarts')}</dt>
      <dd>{node.restarts}</dd>
      {usage && (
        <>
          <dt>{t('usage.cpu')}</dt>
          <dd>{use('cpu')}</dd>
          <dt>{t('usage.memory')}</dt>
          <dd>{use('memory')}</dd>
        </>
      )}
    </dl>
  );
}
