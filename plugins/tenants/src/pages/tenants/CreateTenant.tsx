// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { tenantCreatePermission } from '@tenantry/backstage-plugin-tenants-common';
import { WhyNot } from '../../access/WhyNot';
import { useTemplateLinks } from '../../templates/useTemplateLinks';
import { useText } from '../../useText';

/** Leads to the form that makes a tenant; without the right for it, says so. */
export function CreateTenant() {
  const t = useText();
  const link = useTemplateLinks();
  const { allowed, loading } = usePermission({
    permission: tenantCreatePermission,
  });
  if (loading) return null;
  const id = tenantCreatePermission.name;
  if (!allowed) {
    const why = { allowed: false, missing: id };
    return <WhyNot closed={[{ id, name: t('create.action'), why }]} />;
  }
  if (!link) return null;
  return (
    <ButtonLink
      size="small"
      variant="primary"
      iconStart={<RiAddLine />}
      href={link('create-tenant')}
    >
      {t('create.action')}
    </ButtonLink>
  );
}
