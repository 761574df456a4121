// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader } from '@backstage/ui';
import { TextLink } from '../components/TextLink';
import { useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { MyTenants } from './MyTenants';

/**
 * The tenants of the user as a card with its title, for any page of a portal; on a home page of widgets use the extension
 * `home-page-widget:tenants/my-tenants` instead.
 *
 * @public
 */
export function MyTenantsCard() {
  const t = useText();
  const links = useLinks();
  return (
    <Card>
      <CardHeader>
        <span className={classes.row}>
          <h3 className={`${classes.cardTitle} ${classes.grow}`}>
            {t('home.title')}
          </h3>
          <TextLink href={links.list}>{t('home.all')}</TextLink>
        </span>
      </CardHeader>
      <CardBody>
        <MyTenants />
      </CardBody>
    </Card>
  );
}
