// SPDX-License-Identifier: Apache-2.0
import type { NewObject, Objects } from '../../storage/Objects';

type Default = {
  readonly resource: string;
  readonly name: string;
  readonly object: (namespace: string) => NewObject;
};

/** Gives every namespace its `default` service account and the certificate pods trust the server by. */
export class NamespaceDefaults {
  private readonly defaults: readonly Default[];

  /** Without a certificate, as on a server without controllers, there is only the service account. */
  constructor(
    private readonly objects: Objects,
    certificate: string | undefined,
  ) {
    this.defaults = [
      { resource: 'serviceaccounts', name: 'default', object: account },
      ...(certificate === undefined ? [] : [trusted(certificate)]),
    ];
  }

  start(): void {
    this.objects.onChange(({ type, resource, object }) => {
      const { name, namespace } = object.metadata;
      if (resource === 'namespaces' && type === 'ADDED')
        for (const item of this.defaults) this.ensure(item, name);
      if (type !== 'DELETED' || !namespace) return;
      const gone = this.defaults.find(
        item => item.resource === resource && item.name === name,
      );
      if (gone) this.ensure(gone, namespace);
    });
  }

  private ensure({ resource, name, object }: Default, namespace: string): void {
    const home = this.objects.get('namespaces', { name: namespace });
    if (!home || home.metadata.deletionTimestamp) return;
    if (this.objects.get(resource, { namespace, name })) return;
    this.objects.create(resource, object(namespace));
  }
}

function account(namespace: string): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  };
}

function trusted(certificate: string): Default {
  const resource = 'configmaps';
  const name = 'kube-root-ca.crt';
  const annotations = {
    'kubernetes.io/description':
      'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
  };
  const object = (namespace: string): NewObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, annotations },
    data: { 'ca.crt': certificate },
  });
  return { resource, name, object };
}
