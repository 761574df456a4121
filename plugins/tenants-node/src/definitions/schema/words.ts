// SPDX-License-Identifier: Apache-2.0
import semver from 'semver';
import { z } from 'zod';
import { ruledText } from './ruledText';

/** A semantic version such as 16.4.0. */
export const versionText = ruledText({
  rule: 'version',
  what: 'a semantic version',
  test: text => semver.valid(text) === text,
  max: 100,
  remedy: text =>
    `Write three numbers, such as "${
      semver.coerce(text)?.version ?? '1.0.0'
    }".`,
});

/** A range of semantic versions such as ^2. */
export const rangeText = ruledText({
  rule: 'range',
  what: 'a range of semantic versions',
  test: text => text.trim() !== '' && semver.validRange(text) !== null,
  max: 100,
  remedy: () => 'Write a range such as "^2", ">=1.25 <2" or "*" for any.',
});

/** Name of a module, a secret or a capability: it becomes a label and part of object names. */
export const labelText = ruledText({
  rule: 'name',
  what: 'a name: lower-case letters, digits and "-", at most 63',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  max: 63,
  remedy: text => `Write it as "${toName(text)}".`,
});

/** Name of a module or of what modules provide, where one is needed. A range beside it is written in another way. */
export const needText = ruledText({
  rule: 'name',
  what: 'a name: lower-case letters, digits and "-", at most 63',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  max: 63,
  remedy: text => {
    const [, name, range] = /^([-a-z0-9]+)[\s@:]+(\S.*)$/.exec(text) ?? [];
    return name && range && semver.validRange(range) !== null
      ? `Write it as { name: ${name}, version: "${range}" }.`
      : `Write it as "${toName(text)}".`;
  },
});

/** What a release can stand in for: `sql`, or `sql@15.0.0`. */
export const capabilityText = ruledText({
  rule: 'name',
  what: 'a name, or a name and a version: sql, sql@15.0.0',
  pattern:
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(@\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)?$/,
  max: 163,
  remedy: text => {
    const [name = '', version] = text.split('@');
    const full = version && semver.coerce(version)?.version;
    return `Write it as "${toName(name)}${full ? `@${full}` : ''}".`;
  },
});

/** The name in `sql` and `sql@15.0.0`. */
export function capabilityName(capability: string): string {
  return capability.split('@', 1)[0];
}

/** Key of a category or tier. */
export const keyText = ruledText({
  rule: 'name',
  what: 'a key: lower-case letters, digits, "-", "_" and ".", at most 63',
  pattern: /^[a-z0-9]([-a-z0-9_.]*[a-z0-9])?$/,
  max: 63,
  remedy: text => `Write it as "${toName(text)}".`,
});

/** A catalogue entity. */
export const entityRefText = ruledText({
  rule: 'entity-ref',
  what: 'an entity reference: kind:namespace/name',
  pattern: /^[a-zA-Z]{1,63}:[a-zA-Z0-9._-]{1,63}\/[a-zA-Z0-9._-]{1,63}$/,
  max: 200,
  remedy: text => `Write it in full, such as "group:default/${toName(text)}".`,
});

/** An address that browsers open safely. */
export const linkText = ruledText({
  rule: 'link',
  what: 'an http or https address',
  pattern: /^https?:\/\/[^\s/?#]+/,
  test: text => /^https?:\/\/[^\s/?#]+\S*$/.test(text),
  max: 2_000,
  remedy: () => 'Write the whole address, beginning with "https://".',
});

/** Where charts are. */
export const chartRepoText = ruledText({
  rule: 'link',
  what: 'an https or oci address',
  pattern: /^(https|oci):\/\/[^\s/?#]+\S*$/,
  max: 2_000,
  remedy: () => 'Write an address that begins with "https://" or "oci://".',
});

/** Name of a chart, or its folder in the charts’ source. */
export const chartNameText = ruledText({
  rule: 'chart-name',
  what: 'a chart’s name: letters, digits, "-", "_", "." and "/", without ".."',
  pattern: /^[a-zA-Z0-9][-a-zA-Z0-9._/]*$/,
  test: text =>
    /^[a-zA-Z0-9][-a-zA-Z0-9._/]*$/.test(text) && !text.includes('..'),
  max: 200,
  remedy: () => 'Write the chart’s name or its folder, such as "postgres".',
});

/** A Kubernetes amount, as text or as a plain number. */
export const amountValue = z.union([
  ruledText({
    rule: 'amount',
    what: 'a Kubernetes amount',
    pattern: /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi|E|Ei)?$/,
    max: 40,
    remedy: amountRemedy,
  }),
  z.number().min(0),
]);

/** Amounts by resource, such as requests.cpu. */
export const amounts = z.record(
  ruledText({
    rule: 'resource',
    what: 'a resource’s name',
    pattern: /^[a-zA-Z0-9]([-a-zA-Z0-9_./]*[a-zA-Z0-9])?$/,
    max: 200,
    remedy: () => 'Write a name as in ResourceQuota, such as requests.cpu.',
  }),
  amountValue,
);

export const title = z.string().min(1).max(100);
export const text = z.string().max(2_000);
export const markdown = z.string().max(65_536);

/** `4GB` is meant as 4Gi; nobody counts cores by name. */
function amountRemedy(amount: string): string {
  const [, number, unit = ''] =
    /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)$/.exec(amount.trim()) ?? [];
  const [, prefix] = /^([kKmMgGtTpPeE])i?[bB]$/.exec(unit) ?? [];
  if (prefix) return `Write it as ${number}${prefix.toUpperCase()}i.`;
  if (/^(cpus?|cores?|v?cpu)$/i.test(unit)) return `Write it as "${number}".`;
  return 'Write an amount such as "500m", "2" or 4Gi.';
}

function toName(words: string): string {
  const name = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return name || 'name';
}
