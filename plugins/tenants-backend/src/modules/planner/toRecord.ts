// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { PlannedModule } from '../PlannedModule';
import type { EnvironmentRequest } from './EnvironmentRequest';

type RecordInput = EnvironmentRequest & {
  readonly modules: readonly PlannedModule[];
  readonly applySetId: string;
};

/** The record of an environment as it will be. What is deleted keeps its spec and releases, so that it can be applied again. */
export function toRecord(input: RecordInput): EnvironmentRecord {
  const { tenant, target, catalogue, modules, applySetId } = input;
  const { spec, state, owner, namespaces, previous } = target;
  const releases = Object.fromEntries(
    modules.map(({ definition, release: { version, hash } }) => [
      definition.name,
      { version, hash },
    ]),
  );
  return {
    ...previous,
    tenant,
    ...(owner !== undefined && { owner }),
    environment: spec.name,
    cluster: spec.cluster,
    namespaces,
    state,
    spec,
    revision: previous?.revision ?? 0,
    releases: state === 'retained' ? previous?.releases ?? {} : releases,
    definitions: catalogue.version,
    fence: previous?.fence ?? 0,
    applySetId,
  };
}
