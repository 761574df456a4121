// SPDX-License-Identifier: Apache-2.0
import type { Behaviour } from './Life';
import type { Scenario, ScenarioNamespace } from './Scenario';
import type { Placed } from './workloadObjects';

const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

type Definition = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly short: readonly string[];
};
const DEFINITIONS = {
  helmReleases: {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    kind: 'HelmRelease',
    plural: 'helmreleases',
    short: ['hr'],
  },
  kustomizations: {
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    kind: 'Kustomization',
    plural: 'kustomizations',
    short: ['ks'],
  },
  applications: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Application',
    plural: 'applications',
    short: ['app', 'apps'],
  },
} as const satisfies Record<string, Definition>;
type Sort = keyof typeof DEFINITIONS;
const SORTS = ['helmReleases', 'kustomizations', 'applications'] as const;

/** What is deployed, and how that goes. */
export type Deployed = Placed & {
  readonly behaviour: Behaviour;
};

/** The definitions of those kinds of Flux and Argo CD that the scenario uses. */
export function gitopsDefinitions({ namespaces }: Scenario): Placed[] {
  return SORTS.filter(sort =>
    namespaces.some(each => each[sort].length > 0),
  ).map(sort => definitionOf(DEFINITIONS[sort]));
}

/** What Flux and Argo CD deploy into a namespace. */
export function gitopsObjects(namespace: ScenarioNamespace): Deployed[] {
  const placed = (
    sort: Sort,
    given: { name: string; behaviour: Behaviour },
    spec: Record<string, unknown>,
  ): Deployed => {
    const { group, version, kind, plural } = DEFINITIONS[sort];
    const metadata = { name: given.name, namespace: namespace.name };
    return {
      resource: `${plural}.${group}`,
      object: { apiVersion: `${group}/${version}`, kind, metadata, spec },
      behaviour: given.behaviour,
    };
  };
  return [
    ...namespace.helmReleases.map(given =>
      placed('helmReleases', given, {
        interval: '10m',
        ...suspended(given),
        chart: {
          spec: {
            chart: given.chart,
            version: given.version,
            sourceRef: { kind: 'HelmRepository', name: 'charts' },
          },
        },
      }),
    ),
    ...namespace.kustomizations.map(given =>
      placed('kustomizations', given, {
        interval: '10m',
        path: given.path,
        prune: true,
        ...suspended(given),
        sourceRef: { kind: 'GitRepository', name: 'fleet' },
        targetNamespace: namespace.name,
      }),
    ),
    ...namespace.applications.map(given =>
      placed('applications', given, {
        project: 'default',
        source: {
          repoURL: given.repository,
          path: given.name,
          targetRevision: given.revision,
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: namespace.name,
        },
        ...(given.suspend ? {} : { syncPolicy: { automated: {} } }),
      }),
    ),
  ];
}

function suspended({ suspend }: { suspend: boolean }) {
  return suspend ? { suspend } : {};
}

function definitionOf(given: Definition): Placed {
  const { group, version, kind, plural, short } = given;
  const open = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    resource: CRDS,
    object: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: {
          kind,
          plural,
          singular: kind.toLowerCase(),
          listKind: `${kind}List`,
          shortNames: [...short],
        },
        versions: [
          {
            name: version,
            served: true,
            storage: true,
            ...(group === 'argoproj.io'
              ? {}
              : { subresources: { status: {} } }),
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: open, status: open },
              },
            },
            additionalPrinterColumns: columnsOf(group),
          },
        ],
      },
    },
  };
}

function columnsOf(group: string) {
  const column = (name: string, jsonPath: string) => ({
    name,
    type: 'string',
    jsonPath,
  });
  if (group === 'argoproj.io')
    return [
      column('Sync Status', '.status.sync.status'),
      column('Health Status', '.status.health.status'),
    ];
  const ready = '.status.conditions[?(@.type=="Ready")]';
  return [
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    column('Ready', `${ready}.status`),
    column('Status', `${ready}.message`),
  ];
}
