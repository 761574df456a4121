// SPDX-License-Identifier: Apache-2.0
import { isRecord, recordOf, recordsOf, textOf } from '../storage/json';
import type { Objects } from '../storage/Objects';
import type { Pod } from './Pod';

type Source = {
  readonly resource: string;
  readonly word: string;
  /** What is said of a key that is not there. */
  readonly noKey: string;
};
const CONFIG_MAP: Source = {
  resource: 'configmaps',
  word: 'configmap',
  noKey: 'configmap references non-existent config key',
};
const SECRET: Source = {
  resource: 'secrets',
  word: 'secret',
  noKey: 'references non-existent secret key',
};
type Home = { readonly objects: Objects; readonly namespace?: string };

/** Why the first volume that cannot be mounted cannot, as the kubelet words it: what it shows is not there. */
export function missingVolume(pod: Pod, objects: Objects): string | undefined {
  const home = { objects, namespace: pod.metadata.namespace };
  for (const volume of recordsOf(pod.spec.volumes)) {
    const { configMap, secret, projected } = volume;
    const problems = [
      ...problemOf(configMap, CONFIG_MAP, home),
      ...problemOf(secret, SECRET, home),
      ...recordsOf(recordOf(projected).sources).flatMap(source => [
        ...problemOf(source.configMap, CONFIG_MAP, home),
        ...problemOf(source.secret, SECRET, home),
      ]),
    ];
    if (problems.length === 0) continue;
    const why = problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
    return `MountVolume.SetUp failed for volume "${volume.name}" : ${why}`;
  }
  return undefined;
}

/** None, or one. A secret of a volume has its name in another member than one that is projected. */
function problemOf(
  value: unknown,
  source: Source,
  { objects, namespace }: Home,
): string[] {
  if (!isRecord(value) || value.optional === true) return [];
  const name = textOf(value.name) ?? textOf(value.secretName);
  if (!name) return [];
  const found = objects.get(source.resource, { namespace, name });
  if (!found) return [`${source.word} "${name}" not found`];
  const keys = { ...recordOf(found.data), ...recordOf(found.binaryData) };
  const missing = recordsOf(value.items)
    .map(({ key }) => textOf(key))
    .find(key => key !== undefined && !Object.hasOwn(keys, key));
  return missing === undefined ? [] : [`${source.noKey}: ${missing}`];
}
