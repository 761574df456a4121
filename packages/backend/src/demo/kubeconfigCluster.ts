// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions } from 'node:https';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  type AuthenticationStrategy,
  kubernetesAuthStrategyExtensionPoint,
  type KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { KubeConfig } from '@kubernetes/client-node';
import { DemoError } from './DemoError';
import type { DemoCluster } from './demoConfig';
import type { RealClusterOptions } from './options';

/** A name that the Kubernetes plugin's own pages know as well; behind it stands our strategy in place of the plugin's. */
const AUTH_PROVIDER = 'serviceAccount';

/** Loads one context of a kubeconfig file. @throws DemoError when it cannot be used */
export function loadContext(options: RealClusterOptions): KubeConfig {
  const { kubeconfig: file, context } = options;
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
  } catch {
    throw new DemoError(`${file} is not a kubeconfig file that can be read.`);
  }
  if (!config.getContextObject(context)) {
    const known = config.getContexts().map(({ name }) => name);
    throw new DemoError(
      `${file} has no context '${context}'. It has: ${
        known.join(', ') || 'none'
      }.`,
    );
  }
  config.setCurrentContext(context);
  if (!config.getCurrentCluster()) {
    throw new DemoError(
      `The context '${context}' of ${file} names a cluster that the file does not hold.`,
    );
  }
  return config;
}

/** The cluster without its credentials: those are asked for at each connection. */
export function toDemoCluster(config: KubeConfig, name: string): DemoCluster {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new DemoError(`The context '${name}' names no cluster.`);
  const caData =
    cluster.caData ??
    (cluster.caFile && readFileSync(cluster.caFile).toString('base64'));
  return {
    name,
    url: cluster.server,
    authProvider: AUTH_PROVIDER,
    ...(caData && { caData }),
    ...(cluster.skipTLSVerify && { skipTLSVerify: true }),
  };
}

/** What proves who we are, asked anew each time: tokens of helpers such as cloud logins expire. */
export async function readCredential(
  config: KubeConfig,
): Promise<KubernetesCredential> {
  const request: RequestOptions = { headers: {} };
  await config.applyToHTTPSOptions(request);
  const headers = new Headers(request.headers as Record<string, string>);
  const token = headers.get('authorization')?.match(/^Bearer (.+)$/)?.[1];
  if (token) return { type: 'bearer token', token };
  const { cert, key } =
    request.agent instanceof Agent ? request.agent.options : request;
  if (cert && key) {
    return {
      type: 'x509 client certificate',
      cert: String(cert),
      key: String(key),
    };
  }
  return { type: 'anonymous' };
}

/** Hands the kubeconfig's credentials to the Kubernetes plugin in memory, fresh at each connection. */
export function createKubeconfigModule(config: KubeConfig) {
  const strategy: AuthenticationStrategy = {
    getCredential: () => readCredential(config),
    validateCluster: () => [],
    presentAuthMetadata: () => ({}),
  };
  return createBackendModule({
    pluginId: 'kubernetes',
    moduleId: 'demo-kubeconfig',
    register(reg) {
      reg.registerInit({
        deps: { strategies: kubernetesAuthStrategyExtensionPoint },
        async init({ strategies }) {
          strategies.addAuthStrategy(AUTH_PROVIDER, strategy);
        },
      });
    },
  });
}
