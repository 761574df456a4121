// SPDX-License-Identifier: Apache-2.0
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  tenants?: {
    catalog?: {
      /**
       * Puts the annotations of Backstage’s own Kubernetes plugin on tenants with exactly one namespace, so that its tab works on
       * them too. Whoever may see that tab then sees the namespace with the portal’s rights.
       *
       * @default false
       */
      kubernetesAnnotations?: boolean;
    };
  };
  catalog?: {
    providers?: {
      tenants?: {
        /**
         * How often all tenants are compared with the catalogue. Changes arrive in between by event.
         * Default: every minute, first after 5 seconds.
         */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Owner of a tenant or module that names none, as an entity reference. Default: `unknown`.
         */
        defaultOwner?: string;
        /** System that tenants and modules are part of, as an entity reference. */
        system?: string;
        /** Entity of a cluster, by the cluster’s name: tenants depend on those of their clusters. */
        clusterEntities?: { [cluster: string]: string };
        /**
         * Whether the templates to create and change tenants are added.
         *
         * @default true
         */
        templates?: boolean;
        /**
         * Adds templates that open a pull request instead of applying. The one that decommissions is among them only where the
         * action can delete files, as `publish:github:pull-request` can.
         */
        pullRequest?: {
          /** The action, such as `publish:github:pull-request`. Its module must be installed. */
          action: string;
          /** As that action wants it, such as `github.com?owner=acme&repo=platform`. */
          repoUrl: string;
        };
      };
    };
  };
}
