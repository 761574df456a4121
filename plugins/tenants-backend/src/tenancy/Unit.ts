// SPDX-License-Identifier: Apache-2.0
import type { Workload } from '@tenantry/backstage-plugin-tenants-common';
import type { Verdict } from '../health';

/** One judged object of an environment: a workload, or something workloads lean on, such as a Service. */
export type Unit = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly module: string;
  readonly verdict: Verdict;
  /** Labels of the object itself. */
  readonly labels: Readonly<Record<string, string>>;
  /** Present for workloads. */
  readonly workload?: Workload;
};
