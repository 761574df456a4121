// SPDX-License-Identifier: Apache-2.0
import { StateBlock } from '../../components/StateBlock';
import { classes } from '../../styles';
import { useText } from '../../useText';

const CONFIG = `tenants:
  modules: ./modules.yaml`;

const DEFINITION = `apiVersion: tenantry.dev/v1
categories:
  data: { name: Data }
modules:
  redis:
    displayName: Redis
    category: data
    releases:
      - version: 7.4.1
        manifests: ./redis`;

/** What stands there before the first definition: which key to set, and an example. */
export function NoModules() {
  const t = useText();
  return (
    <StateBlock
      kind="empty"
      title={t('modules.emptyTitle')}
      text={t('modules.emptyText')}
    >
      <details className={classes.stateCard} open>
        <summary>{t('modules.exampleTitle')}</summary>
        <pre className={classes.code}>{CONFIG}</pre>
        <pre className={classes.code}>{DEFINITION}</pre>
      </details>
    </StateBlock>
  );
}
