// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TextLink } from './TextLink';
import { useText } from '../useText';

type Ref = ReturnType<typeof parseEntityRef>;

function parse(owner: string): Ref | undefined {
  try {
    return parseEntityRef(owner, { defaultKind: 'group' });
  } catch {
    // An annotation in a namespace may hold anything; what is no reference is shown as it stands.
    return undefined;
  }
}

/** The name of an owner, leading to the catalogue where that is installed. */
export function OwnerLink({ owner }: { readonly owner: string | undefined }) {
  const t = useText();
  const entityRoute = useRouteRef(entityRouteRef);
  if (owner === undefined) return <>{t('tenant.noOwner')}</>;
  const ref = parse(owner);
  if (!ref) return <>{owner}</>;
  if (!entityRoute) return <>{ref.name}</>;
  const { kind, namespace, name } = ref;
  const href = entityRoute({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace: namespace.toLocaleLowerCase('en-US'),
    name,
  });
  return (
    <TextLink href={href} title={owner}>
      {name}
    </TextLink>
  );
}
