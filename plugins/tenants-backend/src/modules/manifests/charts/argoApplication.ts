// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import {
  chartPath,
  chartValues,
  helmReleaseName,
  installMetadata,
  type ChartInstall,
} from './ChartInstall';

const DEFAULT_NAMESPACE = 'argocd';
/** Deleting the Application deletes what it installed, as deleting a HelmRelease does. */
const CASCADE = 'resources-finalizer.argocd.argoproj.io';
const IN_CLUSTER = 'https://kubernetes.default.svc';

/**
 * An Argo CD Application that installs a chart into the environment's namespace, of the cluster Argo CD runs in. It stands in the
 * platform's namespace, where Argo CD reads it and tenants have no rights.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
 */
export function argoApplication(install: ChartInstall): KubeManifest {
  const { input, settings } = install;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...installMetadata(install, settings.namespace ?? DEFAULT_NAMESPACE),
      finalizers: [CASCADE],
    },
    spec: {
      project: settings.project ?? 'default',
      destination: { server: IN_CLUSTER, namespace: input.namespace },
      source: source(install),
      ...(!input.spec.asleep && {
        syncPolicy: {
          automated: { prune: true, selfHeal: false },
          syncOptions: ['CreateNamespace=false'],
        },
      }),
    },
  };
}

function source(install: ChartInstall) {
  const { chart, settings } = install;
  const helm = {
    releaseName: helmReleaseName(install),
    valuesObject: chartValues(install),
  };
  if (chart.repo !== undefined) {
    return {
      repoURL: chart.repo.replace(/^oci:\/\//, ''),
      chart: chart.name,
      targetRevision: chart.version ?? '*',
      helm,
    };
  }
  return {
    repoURL: settings.source,
    path: chartPath(install),
    targetRevision: chart.version ?? 'HEAD',
    helm,
  };
}
