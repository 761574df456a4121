// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import {
  tenantReadPermission,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { AnswerGate } from '../../../components/AnswerGate';
import { StateBlock } from '../../../components/StateBlock';
import { useAnswer } from '../../../live/useAnswer';
import { useQuery } from '../../../navigation';
import drawer from '../../../operations/operations.module.css';
import { useText } from '../../../useText';
import { ObjectDetails } from './ObjectDetails';
import {
  parseObjectAddress,
  type ObjectPlace,
} from '../../../components/objectAddress';

/** The drawer of the object that the address names with `object`, if it names one. */
export function ObjectOutlet({ tenant }: { readonly tenant: Tenant }) {
  const [search, change] = useQuery();
  const t = useText();
  const address = search.get('object');
  if (!address) return null;
  const place = parseObjectAddress(address);
  return (
    <Dialog
      isOpen
      className={drawer.drawer}
      onOpenChange={isOpen => {
        if (!isOpen) change({ object: undefined });
      }}
    >
      <DialogHeader>
        {place ? `${place.kind} ${place.name}` : t('object.notFound')}
      </DialogHeader>
      <DialogBody>
        {place ? (
          <ObjectBody key={address} tenant={tenant} place={place} />
        ) : (
          <StateBlock kind="notFound" title={t('object.badAddress')} />
        )}
      </DialogBody>
    </Dialog>
  );
}

function ObjectBody(props: {
  readonly tenant: Tenant;
  readonly place: ObjectPlace;
}) {
  const { tenant, place } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const answer = useAnswer(
    signal => api.details.object(tenant.name, place, { signal }),
    JSON.stringify(place),
  );
  return (
    <AnswerGate
      answer={answer}
      errorTitle={t('object.errorTitle')}
      forbiddenTitle={t('object.forbiddenTitle')}
      permission={tenantReadPermission.name}
      notFound={<StateBlock kind="notFound" title={t('object.notFound')} />}
    >
      {object => (
        <ObjectDetails
          tenant={tenant}
          place={place}
          object={object}
          onAgain={answer.retry}
        />
      )}
    </AnswerGate>
  );
}
