// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TextLink } from './TextLink';

type Ref = ReturnType<typeof parseEntityRef>;

function parse(text: string, defaultKind: string | undefined): Ref | undefined {
  try {
    return parseEntityRef(text, { defaultKind });
  } catch {
    // An annotation in a namespace may hold anything; what is no reference is shown as it stands.
    return undefined;
  }
}

/** The name of an entity, leading to the catalogue where that is installed. */
export function EntityRefLink(props: {
  readonly entityRef: string;
  readonly defaultKind?: string;
}) {
  const { entityRef, defaultKind } = props;
  const entityRoute = useRouteRef(entityRouteRef);
  const ref = parse(entityRef, defaultKind);
  if (!ref) return <>{entityRef}</>;
  if (!entityRoute) return <>{ref.name}</>;
  const { kind, namespace, name } = ref;
  const href = entityRoute({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace: namespace.toLocaleLowerCase('en-US'),
    name,
  });
  return (
    <TextLink href={href} title={entityRef}>
      {name}
    </TextLink>
  );
}
