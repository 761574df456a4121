// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Refusal,
  Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { TargetSpecs, TargetState } from './targetSpecs';

/** The spec and releases of an earlier revision, if all of them are still defined as they were. */
export function rollBack(
  request: Extract<OperationRequest, { type: 'rollback' }>,
  state: TargetState,
): TargetSpecs {
  const { environment } = request;
  const { revision, records, catalogue } = state;
  const previous = records.find(record => record.environment === environment);
  if (!previous) {
    return {
      targets: [],
      notes: [],
      refusals: [
        refusal(environment, {
          rule: 'not-ours',
          subject: environment,
          message: `${state.tenant} has no environment ${environment} that Tenantry manages.`,
        }),
      ],
    };
  }
  if (!revision) {
    return {
      targets: [],
      notes: [],
      refusals: [
        refusal(environment, {
          rule: 'unknown-release',
          subject: `revision ${request.revision}`,
          message: `${environment} has no revision ${request.revision}, or it is no longer kept. Choose one of those listed.`,
        }),
      ],
    };
  }
  const { owner, namespaces } = previous;
  return {
    targets: [
      {
        spec: pinned(revision),
        state: 'active',
        ...(owner !== undefined && { owner }),
        namespaces,
        previous,
        releases: revision.releases,
      },
    ],
    refusals: goneReleases(revision, catalogue),
    notes: [
      {
        environment,
        subject: environment,
        kind: 'warning',
        message: `Objects go back to revision ${revision.revision}. Data in volumes stays as it is now.`,
      },
    ],
  };
}

/** The environment stays where it is, and each module is asked for at the very release it had. */
function pinned({ spec, releases }: Revision): Revision['spec'] {
  return {
    ...spec,
    modules: spec.modules.map(choice => {
      const version = Object.hasOwn(releases, choice.name)
        ? releases[choice.name].version
        : choice.version;
      return version === undefined ? choice : { ...choice, version };
    }),
  };
}

function goneReleases(
  { environment, releases, revision }: Revision,
  { modules }: ModuleCatalogue,
): Refusal[] {
  return Object.entries(releases).flatMap(([name, { version, hash }]) => {
    const release = modules
      .get(name)
      ?.releases.find(one => one.version === version);
    if (release?.hash === hash) return [];
    const what = release
      ? `${name} ${version} has been changed since`
      : `${name} ${version} is no longer defined`;
    return [
      refusal(environment, {
        rule: 'unknown-release',
        subject: name,
        message: `${what}, so revision ${revision} cannot be made again.`,
        fixes: [
          {
            label: `Ask who maintains ${name} to bring ${version} back as it was.`,
          },
          {
            label:
              'Choose another revision, or apply what you want as a new one.',
          },
        ],
      }),
    ];
  });
}

function refusal(
  environment: string,
  said: Pick<Refusal, 'rule' | 'subject' | 'message'> &
    Partial<Pick<Refusal, 'fixes'>>,
): Refusal {
  return {
    environment,
    chain: [environment, said.subject],
    fixes: [{ label: 'Choose another environment or revision.' }],
    ...said,
  };
}
