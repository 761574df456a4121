// SPDX-License-Identifier: Apache-2.0
import { useApiHolder } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  starredEntitiesApiRef,
  useStarredEntity,
} from '@backstage/plugin-catalog-react';
import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { RiStarFill, RiStarLine } from '@remixicon/react';
import { useAnswer } from '../../live/useAnswer';
import { tenantEntityRef } from '../../templates/useTemplateLinks';
import { useText } from '../../useText';

/** Keeps a tenant among the starred entities of the portal. Absent where the portal has no stars, and where the catalogue shows the user no entity for the tenant. */
export function StarTenant({ tenant }: { readonly tenant: string }) {
  const apis = useApiHolder();
  const catalog = apis.get(catalogApiRef);
  const hasStars = apis.get(starredEntitiesApiRef) !== undefined;
  const ref = tenantEntityRef(tenant);
  const { value: isKnown } = useAnswer(
    async () => (await catalog?.getEntityByRef(ref)) !== undefined,
    hasStars ? ref : undefined,
  );
  if (!isKnown) return null;
  return <StarButton name={tenant} entityRef={ref} />;
}

function StarButton(props: {
  readonly name: string;
  readonly entityRef: string;
}) {
  const { name, entityRef } = props;
  const t = useText();
  const { isStarredEntity, toggleStarredEntity } = useStarredEntity(entityRef);
  return (
    <TooltipTrigger>
      <ButtonIcon
        size="small"
        variant="secondary"
        // Pressed or not, it is called the same.
        aria-label={t('head.star', { name })}
        aria-pressed={isStarredEntity}
        icon={isStarredEntity ? <RiStarFill /> : <RiStarLine />}
        onPress={() => toggleStarredEntity()}
      />
      <Tooltip>{t(isStarredEntity ? 'head.unstar' : 'head.toStar')}</Tooltip>
    </TooltipTrigger>
  );
}
