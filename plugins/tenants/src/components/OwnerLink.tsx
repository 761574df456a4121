// SPDX-License-Identifier: Apache-2.0
import { useText } from '../useText';
import { EntityRefLink } from './EntityRefLink';

/** The name of an owner, leading to the catalogue where that is installed. */
export function OwnerLink({ owner }: { readonly owner: string | undefined }) {
  const t = useText();
  if (owner === undefined) return <>{t('tenant.noOwner')}</>;
  return <EntityRefLink entityRef={owner} defaultKind="group" />;
}
