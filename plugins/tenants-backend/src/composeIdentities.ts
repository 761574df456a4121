// SPDX-License-Identifier: Apache-2.0
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { IdentityDirectory } from './access/identity/IdentityDirectory';
import { strangersIn } from './access/identity/strangersIn';
import type { AccessConfig } from './accessConfig';
import { subjectByName, type SubjectToEntityRef } from './tenancy';
import type { Clock } from './time/Clock';

type IdentityParts = {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly config: AccessConfig;
  readonly clock: Clock;
  readonly report: (what: string) => (subject: string, error: unknown) => void;
};

/** Who of the catalogue is who in the clusters. Where nothing is configured, names are taken as they are and the catalogue is not read. */
export function composeIdentities(parts: IdentityParts) {
  const { config } = parts;
  const failed = parts.report('Users and groups could not be read');
  const directory = new IdentityDirectory({
    ...parts,
    rulesOf: config.identityOn,
    onFailure: error => failed('catalogue', error),
  });
  const toEntityRef: SubjectToEntityRef = config.needsDirectory
    ? ({ kind, name, cluster }) => directory.on(cluster).entityRefOf(kind, name)
    : subjectByName;
  const unasked = parts.report('Members could not be looked up');
  const strangers = strangersIn({
    ...parts,
    onFailure: error => unasked('catalogue', error),
  });
  return { directory, strangers, toEntityRef };
}
