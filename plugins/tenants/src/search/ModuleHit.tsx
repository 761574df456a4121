// SPDX-License-Identifier: Apache-2.0
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import { useText } from '../useText';
import { HitFrame } from './HitFrame';
import { moduleHitSchema } from './searchDocuments';

/** A module, or its runbook, among the hits. */
export function ModuleHit({ result, icon }: BaseSearchResultListItemProps) {
  const t = useText();
  const { data: hit } = moduleHitSchema.safeParse(result);
  if (!hit) return null;
  const { title, location, category, lifecycle, defaultRelease } = hit;
  const isRunbook = hit.part === 'runbook';
  return (
    <HitFrame
      title={title}
      href={location}
      kind={isRunbook ? t('found.runbook') : t('found.module')}
      icon={icon}
      facts={[
        category,
        lifecycle,
        defaultRelease && t('found.release', { release: defaultRelease }),
      ]}
      text={hit.text}
    />
  );
}
