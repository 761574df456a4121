// SPDX-License-Identifier: Apache-2.0
import { EntityRefLink } from '../../../components/EntityRefLink';
import { TextLink } from '../../../components/TextLink';
import { formatDuration } from '../../../formatting/duration';
import { useLinks } from '../../../navigation';
import { useClock } from '../../../times/useClock';
import { useText } from '../../../useText';
import type { ChangeBefore } from './changeBefore';

/** What was changed before a cause began, by whom, how long before, and the way to it. */
export function ChangedBefore(props: { readonly change: ChangeBefore }) {
  const { operation, waitMs } = props.change;
  const { id, tenant, title, requestedBy, startedAt, createdAt } = operation;
  const t = useText();
  const links = useLinks();
  const clock = useClock();
  const words = {
    title: (
      <TextLink href={links.tenant(tenant, 'overview', { op: id })}>
        {title}
      </TextLink>
    ),
    who: <EntityRefLink entityRef={requestedBy} />,
    time: clock(Date.parse(startedAt ?? createdAt)),
  };
  if (waitMs < 1_000) return <>{t('before.textNow', words)}</>;
  return <>{t('before.text', { ...words, wait: formatDuration(t, waitMs) })}</>;
}
