// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { forbidden } from '../storage/ApiError';
import { recordsOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Random } from '../time/Clock';
import type { Admission, Change } from './Admission';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** Read and write for nobody but the owner, read for others: 0644. */
const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3607;

type Ports = {
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  readonly random: Random;
};

/** Gives pods the pull secrets of their service account and mounts its token, unless they or it say not to. */
export class AccountMounter implements Admission {
  constructor(private readonly ports: Ports) {}

  admit(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== 'pods' || current || !draft.spec) return;
    const name = textOf(draft.spec.serviceAccountName) ?? 'default';
    const account = this.account(draft.metadata.namespace, name);
    if (!account) {
      const { namespace } = draft.metadata;
      throw forbidden(kind, draft.metadata.name, {
        why: `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(
          name,
        )} not found`,
      });
    }
    const secrets = recordsOf(account.imagePullSecrets);
    if (
      recordsOf(draft.spec.imagePullSecrets).length === 0 &&
      secrets.length > 0
    )
      draft.spec.imagePullSecrets = secrets.map(secret => ({ ...secret }));
    if (wantsToken(draft.spec, account)) this.mount(draft.spec);
  }

  private account(
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    const kind = this.ports.kinds.get('serviceaccounts');
    return kind && this.ports.store.get(kind, namespace, name)?.object;
  }

  private mount(spec: JsonRecord): void {
    const bare = [
      ...recordsOf(spec.containers),
      ...recordsOf(spec.initContainers),
    ].filter(
      container =>
        !recordsOf(container.volumeMounts).some(
          item => item.mountPath === MOUNT_PATH,
        ),
    );
    if (bare.length === 0) return;
    const volumes = recordsOf(spec.volumes);
    const present = volumes.find(volume =>
      textOf(volume.name)?.startsWith(VOLUME_PREFIX),
    );
    const name = textOf(present?.name) ?? this.volumeName();
    for (const container of bare)
      container.volumeMounts = [
        ...recordsOf(container.volumeMounts),
        { name, readOnly: true, mountPath: MOUNT_PATH },
      ];
    if (!present) spec.volumes = [...volumes, tokenVolume(name)];
  }

  private volumeName(): string {
    const letter = () =>
      SUFFIX_LETTERS[Math.floor(this.ports.random() * SUFFIX_LETTERS.length)];
    const letters = Array.from({ length: SUFFIX_LENGTH }, letter);
    return VOLUME_PREFIX + letters.join('');
  }
}

/** The pod has the last word. */
function wantsToken(spec: JsonRecord, account: KubeObject): boolean {
  if (typeof spec.automountServiceAccountToken === 'boolean')
    return spec.automountServiceAccountToken;
  return account.automountServiceAccountToken !== false;
}

function tokenVolume(name: string): JsonRecord {
  return {
    name,
    projected: {
      sources: [
        {
          serviceAccountToken: {
            expirationSeconds: TOKEN_SECONDS,
            path: 'token',
          },
        },
        {
          configMap: {
            name: 'kube-root-ca.crt',
            items: [{ key: 'ca.crt', path: 'ca.crt' }],
          },
        },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: {
                  apiVersion: 'v1',
                  fieldPath: 'metadata.namespace',
                },
              },
            ],
          },
        },
      ],
      defaultMode: FILE_MODE,
    },
  };
}
