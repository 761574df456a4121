// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { workloadLabels } from '../objectLabels';
import {
  chartPath,
  chartValues,
  helmReleaseName,
  installMetadata,
  releaseName,
  type ChartInstall,
} from './ChartInstall';

const SOURCE_API = 'source.toolkit.fluxcd.io/v1';
const RELEASE_API = 'helm.toolkit.fluxcd.io/v2';
const SOURCE_REFERENCE =
  /^(GitRepository|HelmRepository|OCIRepository|Bucket)\/([a-z0-9][-a-z0-9.]*)$/;
const INTERVAL = '10m';
const DEFAULT_NAMESPACE = 'flux-system';
const POD_KINDS = '(Deployment|StatefulSet|DaemonSet|Job)';

/**
 * A Flux HelmRelease, and the source of its chart where that is the module's own. It installs into its own namespace only.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function fluxRelease(install: ChartInstall): KubeManifest[] {
  const { repo } = install.chart;
  const reference = SOURCE_REFERENCE.exec(install.settings.source);
  if (repo === undefined && reference !== null) {
    return [sharedSource(install, { kind: reference[1], name: reference[2] })];
  }
  const url = repo ?? install.settings.source;
  return url.startsWith('oci://')
    ? ociSource(install, url)
    : repositorySource(install, url);
}

function sharedSource(
  install: ChartInstall,
  source: { readonly kind: string; readonly name: string },
): KubeManifest {
  const { chart, settings } = install;
  const sourceRef = {
    ...source,
    namespace: settings.namespace ?? DEFAULT_NAMESPACE,
  };
  if (source.kind === 'OCIRepository') {
    return helmRelease(install, { chartRef: sourceRef });
  }
  const isIndex = source.kind === 'HelmRepository';
  return helmRelease(install, {
    chart: {
      spec: {
        chart: isIndex ? chart.name : `./${chartPath(install)}`,
        ...(isIndex && chart.version && { version: chart.version }),
        sourceRef,
      },
    },
  });
}

function repositorySource(install: ChartInstall, url: string): KubeManifest[] {
  const { chart, input } = install;
  const name = releaseName(install);
  return [
    {
      apiVersion: SOURCE_API,
      kind: 'HelmRepository',
      metadata: installMetadata(install, input.namespace),
      spec: { url, interval: INTERVAL },
    },
    helmRelease(install, {
      chart: {
        spec: {
          chart: chart.name,
          ...(chart.version && { version: chart.version }),
          sourceRef: { kind: 'HelmRepository', name },
        },
      },
    }),
  ];
}

function ociSource(install: ChartInstall, url: string): KubeManifest[] {
  const { chart, input } = install;
  const name = releaseName(install);
  return [
    {
      apiVersion: SOURCE_API,
      kind: 'OCIRepository',
      metadata: installMetadata(install, input.namespace),
      spec: {
        url: `${url.replace(/\/+$/, '')}/${chart.name}`,
        interval: INTERVAL,
        ref: chart.version ? { tag: chart.version } : { semver: '*' },
      },
    },
    helmRelease(install, { chartRef: { kind: 'OCIRepository', name } }),
  ];
}

function helmRelease(
  install: ChartInstall,
  chart: Readonly<Record<string, unknown>>,
): KubeManifest {
  const { input, settings } = install;
  const { serviceAccount } = settings;
  return {
    apiVersion: RELEASE_API,
    kind: 'HelmRelease',
    metadata: installMetadata(install, input.namespace),
    spec: {
      ...chart,
      interval: INTERVAL,
      releaseName: helmReleaseName(install),
      targetNamespace: input.namespace,
      storageNamespace: input.namespace,
      ...(serviceAccount && { serviceAccountName: serviceAccount }),
      ...(input.spec.asleep && { suspend: true }),
      install: { createNamespace: false, remediation: { retries: 3 } },
      upgrade: { remediation: { retries: 3 } },
      values: chartValues(install),
      postRenderers: [{ kustomize: { patches: labelPatches(install) } }],
    },
  };
}

/** Kustomize takes a patch as text: JSON is YAML, and nothing in it but names that were checked. */
function labelPatches({ input, module }: ChartInstall) {
  const labels = workloadLabels(input, module);
  const stub = { apiVersion: 'v1', kind: 'Any' };
  const onObject = { ...stub, metadata: { name: 'any', labels } };
  const onPods = { ...onObject, spec: { template: { metadata: { labels } } } };
  return [
    { patch: JSON.stringify(onObject), target: { kind: '.*' } },
    { patch: JSON.stringify(onPods), target: { kind: POD_KINDS } },
  ];
}
