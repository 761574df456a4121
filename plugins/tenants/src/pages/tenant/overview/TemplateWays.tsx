// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../../components/TextLink';
import type { Action } from '../../../operations/Action';
import { useOperations } from '../../../operations/OperationsProvider';
import {
  tenantEntityRef,
  useTemplateLinks,
  type TemplateName,
} from '../../../templates/useTemplateLinks';
import { useText } from '../../../useText';
import styles from './overview.module.css';

/** The forms that ask for an environment. */
const PLACED: readonly TemplateName[] = [
  'add-module',
  'upgrade-module',
  'change-tier',
];

/** A form, what it is called, and what has to be allowed for it. */
type Form = {
  readonly template: TemplateName;
  readonly label: string;
  readonly needs: Action;
};

/** The forms that change this tenant, filled in with it. Those without the right are absent. */
export function TemplateWays({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const link = useTemplateLinks();
  const operations = useOperations();
  const [first, ...others] = tenant.environments;
  // Which of several is meant has to be chosen in the form.
  const environment = others.length === 0 ? first?.name : undefined;
  const apply = {
    type: 'add-module' as const,
    environment: first?.name ?? '',
  };
  const forms: Form[] = [
    { template: 'add-module', label: t('ways.addModule'), needs: apply },
    {
      template: 'upgrade-module',
      label: t('ways.upgradeModule'),
      needs: apply,
    },
    { template: 'change-tier', label: t('ways.changeTier'), needs: apply },
    {
      template: 'manage-members',
      label: t('ways.manageMembers'),
      needs: { type: 'add-member', environments: [] },
    },
    {
      template: 'decommission-tenant',
      label: t('ways.decommission'),
      needs: { type: 'delete' },
    },
  ];
  const offered = forms.filter(({ needs }) => operations?.offers(needs));
  if (!link || offered.length === 0) return null;
  return (
    <>
      <dt>{t('ways.forms')}</dt>
      <dd>
        <ul className={styles.lines}>
          {offered.map(({ template, label }) => (
            <li key={template}>
              <TextLink
                href={link(template, {
                  tenant: tenantEntityRef(tenant.name),
                  environment: isPlaced(template) ? environment : undefined,
                })}
              >
                {label}
              </TextLink>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}

/** Whether a form asks for an environment. */
function isPlaced(template: TemplateName): boolean {
  return PLACED.includes(template);
}
