// SPDX-License-Identifier: Apache-2.0
import { ensureRecord, recordOf, textOf } from '../storage/json';
import type { KubeObject, Objects } from '../storage/Objects';
import type { ServiceAccountTokens } from './ServiceAccountTokens';

const TYPE = 'kubernetes.io/service-account-token';
const NAME = 'kubernetes.io/service-account.name';
const UID = 'kubernetes.io/service-account.uid';

type Ports = {
  readonly objects: Objects;
  readonly accounts: ServiceAccountTokens;
  readonly certificate: string;
};

/** Puts a token that does not end into secrets made for one, and takes such secrets away with their account. */
export class AccountSecrets {
  constructor(private readonly ports: Ports) {}

  start(): void {
    this.ports.objects.onChange(({ type, resource, object }) => {
      if (resource === 'secrets' && type !== 'DELETED') this.fill(object);
      if (resource === 'serviceaccounts' && type === 'DELETED')
        this.removeOf(object);
    });
  }

  private fill(secret: KubeObject): void {
    const { namespace, annotations } = secret.metadata;
    const name = annotations?.[NAME];
    if (secret.type !== TYPE || !name || recordOf(secret.data).token) return;
    const where = { namespace, name };
    const account = this.ports.objects.get('serviceaccounts', where);
    if (!account) return;
    const token = this.ports.accounts.issueLasting(account, secret);
    this.ports.objects.modify('secrets', secret.metadata, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [UID]: account.metadata.uid,
      };
      const data = ensureRecord(draft, 'data');
      data['ca.crt'] = base64(this.ports.certificate);
      data.namespace = base64(namespace ?? '');
      data.token = base64(token);
    });
  }

  private removeOf({ metadata }: KubeObject): void {
    const { objects } = this.ports;
    for (const secret of objects.list('secrets', metadata.namespace)) {
      const uid = textOf(recordOf(secret.metadata.annotations)[UID]);
      if (secret.type === TYPE && uid === metadata.uid)
        objects.delete('secrets', secret.metadata);
    }
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
