// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleDetail,
  ModuleInstance,
  Release,
} from '@tenantry/backstage-plugin-tenants-common';
import { MarkdownText } from '../../components/MarkdownText';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { ReleasesCard } from './ReleasesCard';

/** Every release, with what is new in each and the secrets it needs. */
export function ReleasesTab(props: {
  readonly module: ModuleDetail;
  readonly instances: readonly ModuleInstance[] | undefined;
}) {
  const { module, instances } = props;
  return (
    <div className={classes.body}>
      <ReleasesCard module={module} instances={instances} />
      {module.releases
        .filter(release => release.notes || release.secrets.length > 0)
        .map(release => (
          <ReleaseNotes key={release.version} release={release} />
        ))}
    </div>
  );
}

function ReleaseNotes({ release }: { readonly release: Release }) {
  const { version, notes, secrets } = release;
  const t = useText();
  const title = t('module.newIn', { version });
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        <h3>{title}</h3>
      </div>
      <div className={classes.cardBody}>
        {notes && <MarkdownText text={notes} />}
        {secrets.length > 0 && (
          <>
            <h4>{t('module.secrets')}</h4>
            <ul>
              {secrets.map(secret => (
                <li key={secret.name}>
                  <code>{secret.name}</code>{' '}
                  {secret.generate && t('module.secretGenerated')}
                  {!secret.generate &&
                    (secret.required
                      ? t('module.secretRequired')
                      : t('module.secretOptional'))}{' '}
                  {secret.description}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
