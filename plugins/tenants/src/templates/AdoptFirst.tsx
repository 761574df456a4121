// SPDX-License-Identifier: Apache-2.0
import { TextLink } from '../components/TextLink';
import { useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './templates.module.css';

/** Says that an environment was not made through this portal, and leads to where it can be adopted: until then it cannot be changed. */
export function AdoptFirst(props: {
  readonly tenant: string;
  readonly environment: string;
}) {
  const { tenant, environment } = props;
  const t = useText();
  const links = useLinks();
  return (
    <div role="alert" className={`${classes.small} ${styles.adoptFirst}`}>
      <p>{t('actions.notOurs', { environment })}</p>
      <TextLink href={links.tenant(tenant)}>
        {t('template.openToAdopt', { tenant })}
      </TextLink>
    </div>
  );
}
