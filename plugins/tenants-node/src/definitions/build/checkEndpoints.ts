// SPDX-License-Identifier: Apache-2.0
import type { ReleaseEndpoint } from '@tenantry/backstage-plugin-tenants-common';
import type { LocatedProblem } from '../DefinitionFile';
import { isJsonObject } from '../manifests/jsonObject';
import type { ReleaseContent } from '../ModuleCatalogue';
import { problemAt, within, type Place } from '../Place';
import { suggestion } from '../suggestion';

/** Endpoints whose Service the release does not create. */
export function checkEndpoints(
  endpoints: readonly ReleaseEndpoint[],
  content: ReleaseContent,
  place: Place,
): LocatedProblem[] {
  if (content.kind !== 'manifests') return [];
  const services = content.templates
    .filter(({ object }) => object.kind === 'Service')
    .map(({ object: { metadata } }) =>
      isJsonObject(metadata) ? String(metadata.name) : '',
    );
  const isComputed = services.some(name => name.includes('${{'));
  return endpoints.flatMap(({ name, service }, index) => {
    if (isComputed || services.includes(service)) return [];
    const words = {
      rule: 'endpoint-service',
      message: `The endpoint "${name}" names the Service "${service}", which is not among the release’s manifests.`,
      remedy: suggestion(service, services),
    };
    return [problemAt(within(place, 'endpoints', index, 'service'), words)];
  });
}
