// SPDX-License-Identifier: Apache-2.0
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';
import { MarkdownText } from '../../components/MarkdownText';
import { StateBlock } from '../../components/StateBlock';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './module.module.css';

/** What to do when a module is not well, as its owner wrote it. */
export function RunbookTab({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  const { runbook, displayName } = module;
  if (runbook === undefined) {
    return (
      <StateBlock
        kind="empty"
        title={t('module.noRunbook')}
        text={t('module.noRunbookText')}
      />
    );
  }
  return (
    <section
      className={`${classes.card} ${styles.runbook}`}
      aria-label={t('module.runbook', { name: displayName })}
    >
      <MarkdownText text={runbook} />
    </section>
  );
}
