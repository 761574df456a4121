// SPDX-License-Identifier: Apache-2.0
import type { Refusal } from '@tenantry/backstage-plugin-tenants-common';
import type { RenderedObject } from '../RenderedObject';
import { inApplyOrder } from './applyOrder';
import { renderEnvironmentObjects } from './environmentObjects';
import { renderModuleObjects } from './moduleObjects';
import type { RenderInput, RenderResult } from './RenderInput';

/**
 * Every object an environment shall have, in the order in which they must be applied: what every environment is made of, then its
 * modules by wave. Pure: equal input, equal answer. An object that is refused is not among the objects.
 */
export function renderEnvironment(input: RenderInput): RenderResult {
  const environment = renderEnvironmentObjects(input);
  const modules = renderModuleObjects(input);
  const objects = [...environment.objects, ...modules.objects];
  return {
    objects: inApplyOrder(objects),
    refusals: [
      ...environment.refusals,
      ...modules.refusals,
      ...doubled(objects, input),
    ],
    notes: [...environment.notes, ...modules.notes],
  };
}

/** Two objects of one name would undo each other at every apply. */
function doubled(
  objects: readonly RenderedObject[],
  input: RenderInput,
): Refusal[] {
  const byKey = new Map<string, RenderedObject[]>();
  for (const object of objects) {
    const key = identity(object);
    byKey.set(key, [...(byKey.get(key) ?? []), object]);
  }
  return [...byKey.values()].flatMap(same =>
    same.length > 1 ? [doubledRefusal(same, input)] : [],
  );
}

/** Without the version: an object is the same in all versions of its group. */
function identity({ manifest }: RenderedObject): string {
  const { apiVersion, kind, metadata } = manifest;
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0] : '';
  return [group, kind, metadata.namespace ?? '', metadata.name].join('|');
}

function doubledRefusal(
  same: readonly RenderedObject[],
  input: RenderInput,
): Refusal {
  const { kind, metadata } = same[0].manifest;
  const subject = `${kind}/${metadata.name}`;
  const owners = [
    ...new Set(same.map(({ module }) => module ?? 'the environment')),
  ];
  return {
    rule: 'manifest',
    environment: input.spec.name,
    subject,
    message: `${subject} is made ${
      owners.length > 1
        ? `by ${owners.join(' and ')}`
        : `${same.length} times by ${owners[0]}`
    }.`,
    chain: [...owners, subject],
    fixes: [{ label: 'Give one of them another name, or leave one out.' }],
  };
}
