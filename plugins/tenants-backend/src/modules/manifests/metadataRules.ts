// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { isJsonObject, objectField, textField } from './jsonValue';
import { manifestProblem, type ObjectProblem } from './ObjectProblem';

/** The metadata a template may say; the rest is the cluster's, or ours. */
const ALLOWED_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'labels',
  'annotations',
]);
const LABEL_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const KEY_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** What its controller adds to the name must still fit into a label. */
const MAX_NAME: Readonly<Record<string, number>> = {
  CronJob: 52,
  DaemonSet: 63,
  Deployment: 63,
  Job: 63,
  Service: 63,
  StatefulSet: 52,
};
const MAX_SUBDOMAIN = 253;
const MAX_ANNOTATIONS_LENGTH = 262_144;

/** What is wrong with the metadata of a rendered object, before ours is added. `prefix` is that of our own labels. */
export function metadataProblems(
  object: JsonObject,
  kind: string,
  prefix: string,
): ObjectProblem[] {
  const metadata = objectField(object, 'metadata');
  return [
    ...Object.keys(metadata)
      .filter(key => !ALLOWED_FIELDS.has(key))
      .map(foreignField),
    ...nameProblem(textField(metadata, 'name') ?? '', kind),
    ...reservedName(textField(metadata, 'name') ?? ''),
    ...labelProblems(metadata.labels, 'metadata.labels', prefix),
    ...annotationProblems(metadata.annotations, prefix),
  ];
}

function foreignField(name: string): ObjectProblem {
  return name === 'namespace'
    ? manifestProblem(
        'metadata.namespace is not a module’s to say: its objects go to the environment’s namespace.',
        'Remove metadata.namespace.',
      )
    : manifestProblem(
        `metadata.${name} is not a module’s to say.`,
        `Remove metadata.${name}; name, labels and annotations may stay.`,
      );
}

function nameProblem(name: string, kind: string): ObjectProblem[] {
  const max = MAX_NAME[kind] ?? MAX_SUBDOMAIN;
  const isGood = name.length > 0 && name.length <= max && fits(name, kind);
  if (isGood) return [];
  return [
    manifestProblem(
      `metadata.name ${JSON.stringify(
        name.slice(0, 80),
      )} is not a name of a ${kind}.`,
      `Use at most ${max} lower-case letters, digits and dashes, starting ${
        kind === 'Service' ? 'with a letter' : 'with a letter or digit'
      } and ending with a letter or digit.`,
    ),
  ];
}

function reservedName(name: string): ObjectProblem[] {
  if (!name.startsWith('tenancy-') && name !== 'kube-root-ca.crt') return [];
  return [
    manifestProblem(
      `metadata.name ${name.slice(
        0,
        80,
      )} is kept for what every environment has.`,
      'Use another name, such as one that starts with the module’s.',
    ),
  ];
}

function fits(name: string, kind: string): boolean {
  if (kind === 'Service') return DNS_1035.test(name);
  return (kind in MAX_NAME ? LABEL_NAME : SUBDOMAIN).test(name);
}

/** What is wrong with labels: their syntax, and names that are ours. */
export function labelProblems(
  labels: unknown,
  path: string,
  prefix: string,
): ObjectProblem[] {
  if (labels === undefined) return [];
  if (!isJsonObject(labels)) return [notAMap(path)];
  return Object.entries(labels).flatMap(([key, value]) => {
    const at = `${path}[${shorten(key)}]`;
    if (!isKey(key)) return [badKey(at)];
    if (isReserved(key, prefix)) return [reservedKey(at)];
    if (typeof value === 'string' && LABEL_VALUE.test(value)) return [];
    return [
      manifestProblem(
        `${at} is not a label’s value.`,
        'Use a text of at most 63 letters, digits, dashes, dots and underscores.',
      ),
    ];
  });
}

function annotationProblems(
  annotations: unknown,
  prefix: string,
): ObjectProblem[] {
  const path = 'metadata.annotations';
  if (annotations === undefined) return [];
  if (!isJsonObject(annotations)) return [notAMap(path)];
  const entries = Object.entries(annotations);
  const size = entries.reduce(
    (sum, [k, v]) => sum + k.length + (typeof v === 'string' ? v.length : 0),
    0,
  );
  const tooLong = manifestProblem(
    `${path} hold more than 256 KiB.`,
    'Keep long texts in a ConfigMap.',
  );
  return [
    ...(size > MAX_ANNOTATIONS_LENGTH ? [tooLong] : []),
    ...entries.flatMap(([key, value]) => {
      const at = `${path}[${shorten(key)}]`;
      if (!isKey(key)) return [badKey(at)];
      if (isReserved(key, prefix)) return [reservedKey(at)];
      return typeof value === 'string' ? [] : [notText(at)];
    }),
  ];
}

function isKey(key: string): boolean {
  const [name, domain, ...more] = key.split('/').reverse();
  if (more.length > 0 || !KEY_NAME.test(name)) return false;
  return (
    domain === undefined ||
    (domain.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(domain))
  );
}

/** Ours, and those by which pruning knows its objects. */
function isReserved(key: string, prefix: string): boolean {
  return (
    key.startsWith(`${prefix}/`) || key.startsWith('applyset.kubernetes.io/')
  );
}

function reservedKey(at: string): ObjectProblem {
  return manifestProblem(
    `${at} is set by us and cannot be said by a module.`,
    'Remove it.',
  );
}

function badKey(at: string): ObjectProblem {
  return manifestProblem(
    `${at} is not a label’s or annotation’s name.`,
    'Use name or domain/name.',
  );
}

function notAMap(path: string): ObjectProblem {
  return manifestProblem(`${path} is not a map.`, 'Write name: value pairs.');
}

function notText(at: string): ObjectProblem {
  return manifestProblem(`${at} is not a text.`, 'Write it in quotes.');
}

function shorten(key: string): string {
  return key.slice(0, 80);
}
