// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import { StateBlock } from '../../components/StateBlock';
import type { LiveEnd } from '../../live/Live';
import { useLinks } from '../../navigation';
import { useText } from '../../useText';

/** Stands where a tenant would be. Missing and forbidden read the same, so that names cannot be guessed. */
export function TenantEnd(props: {
  readonly name: string;
  readonly end: LiveEnd;
  /** Whether the user has seen the tenant in this tab. */
  readonly seen: boolean;
}) {
  const { name, end, seen } = props;
  const t = useText();
  const links = useLinks();
  const deleted = seen && end.reason === 'deleted';
  return (
    <StateBlock
      kind="notFound"
      title={
        deleted
          ? t('tenant.deletedTitle', { name })
          : t('tenant.notFoundTitle', { name })
      }
      text={deleted ? undefined : t('tenant.notFoundText')}
      actions={
        <ButtonLink variant="secondary" href={links.list}>
          {t('tenant.notFoundAction')}
        </ButtonLink>
      }
    />
  );
}
