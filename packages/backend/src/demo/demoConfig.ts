// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@backstage/types';
import type { Persona } from './personas';

/** A cluster as the portal's Kubernetes plugin wants it configured. Held in memory only. */
export type DemoCluster = {
  readonly name: string;
  readonly url: string;
  readonly authProvider: string;
  readonly serviceAccountToken?: string;
  readonly caData?: string;
  readonly skipTLSVerify?: boolean;
};

type Options = {
  readonly port: number;
  readonly clusters: readonly DemoCluster[];
  readonly personas: readonly Persona[];
  /** Refuses every write to the clusters. */
  readonly readOnly?: boolean;
  /** Where the pages are served when not by the backend itself, as under Backstage's development servers. */
  readonly appUrl?: string;
};

/** What the demo lays over `app-config.yaml`. */
export function createDemoConfig(options: Options): JsonObject {
  const baseUrl = `http://localhost:${options.port}`;
  const appUrl = options.appUrl ?? baseUrl;
  const readOnly = options.readOnly ?? false;
  return {
    app: { baseUrl: appUrl },
    backend: {
      baseUrl,
      listen: { port: options.port },
      cors: { origin: appUrl },
      // For a terminal. Not by LOG_LEVEL: that would empty the logs of template tasks too.
      logger: { level: 'warn' },
    },
    auth: { providers: { demo: {} } },
    // One process: events need no bus between processes.
    events: { useEventBus: 'never' },
    kubernetes: {
      serviceLocatorMethod: { type: 'singleTenant' },
      clusterLocatorMethods: [
        { type: 'config', clusters: options.clusters.map(c => ({ ...c })) },
      ],
    },
    tenants: {
      readOnly,
      // A persona is whoever opens the demo, in as many browsers as they like.
      limits: { expensivePerMinute: 300 },
      // Whoever looks at a cluster of their own sees the portal's Kubernetes tab beside our pages.
      catalog: { kubernetesAnnotations: readOnly },
    },
    demo: { personas: options.personas.map(persona => ({ ...persona })) },
  };
}
