// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { coerce, prerelease, rcompare, satisfies, valid } from 'semver';

/** Whether a release is in a range. `*` means any, previews too; other ranges name previews by themselves. */
export function inRange(version: string, range: string): boolean {
  return range === '*' || version === range || satisfies(version, range);
}

/** Whether a cluster of this version is in a range. What vendors append to versions does not count. */
export function clusterInRange(version: string, range: string): boolean {
  const plain = coerce(version);
  return plain !== null && satisfies(plain, range);
}

/** Whether a release provides what is asked for: `sql` or `sql@15.0.0` in its definition. Without a version it meets only `*`. */
export function providesInRange(
  release: Pick<CatalogueRelease, 'provides'>,
  name: string,
  range: string,
): boolean {
  return release.provides.some(said => {
    const [provided, version] = said.split('@');
    if (provided !== name) return false;
    return version === undefined ? range === '*' : inRange(version, range);
  });
}

/** Releases in the order in which they are tried: the one that runs, then the highest; previews and deprecated ones last. */
export function byPreference(
  module: CatalogueModule,
  recorded: string | undefined,
): readonly CatalogueRelease[] {
  const rank = (release: CatalogueRelease) => {
    if (release.version === recorded) return 0;
    if (release.deprecated) return 3;
    return prerelease(release.version) ? 2 : 1;
  };
  return [...module.releases].sort(
    (a, b) => rank(a) - rank(b) || compareVersions(a.version, b.version),
  );
}

/** Highest first; what is no version comes last. */
function compareVersions(a: string, b: string): number {
  if (valid(a) && valid(b)) return rcompare(a, b);
  if (valid(a)) return -1;
  return valid(b) ? 1 : Number(a > b) - Number(a < b);
}
