// SPDX-License-Identifier: Apache-2.0
import { recordsOf, type JsonRecord } from '../storage/json';
import { isPath, type Attributes } from './Attributes';

/** A rule of a role, with every list there. */
export type PolicyRule = {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
};

const ANY = '*';

/** Reads the rules of a role. */
export function rulesOf(role: JsonRecord): PolicyRule[] {
  return recordsOf(role.rules).map(rule => ({
    verbs: texts(rule.verbs),
    apiGroups: texts(rule.apiGroups),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    nonResourceURLs: texts(rule.nonResourceURLs),
  }));
}

/** Whether a rule lets this be done. */
export function ruleAllows(rule: PolicyRule, asked: Attributes): boolean {
  if (!holds(rule.verbs, asked.verb)) return false;
  if (isPath(asked))
    return rule.nonResourceURLs.some(pattern => pathFits(pattern, asked.path));
  return (
    holds(rule.apiGroups, asked.group) &&
    resourceFits(rule.resources, asked) &&
    nameFits(rule.resourceNames, asked.name)
  );
}

function holds(list: readonly string[], item: string): boolean {
  return list.includes(ANY) || list.includes(item);
}

function resourceFits(
  list: readonly string[],
  { resource, subresource }: { resource: string; subresource?: string },
): boolean {
  const whole = subresource ? `${resource}/${subresource}` : resource;
  return (
    holds(list, whole) ||
    (subresource !== undefined && list.includes(`${ANY}/${subresource}`))
  );
}

function nameFits(list: readonly string[], name: string | undefined): boolean {
  return list.length === 0 || (name !== undefined && list.includes(name));
}

function pathFits(pattern: string, path: string): boolean {
  if (pattern === ANY || pattern === path) return true;
  return pattern.endsWith(ANY) && path.startsWith(pattern.slice(0, -1));
}

/** The rules of `wanted`, taken apart to one verb and one resource each, that nothing in `held` covers. */
export function notCovered(
  held: readonly PolicyRule[],
  wanted: readonly PolicyRule[],
): PolicyRule[] {
  return wanted
    .flatMap(singleRules)
    .filter(single => !held.some(rule => covers(rule, single)));
}

function singleRules(rule: PolicyRule): PolicyRule[] {
  const none = { apiGroups: [], resources: [], resourceNames: [] };
  const ofPaths = rule.nonResourceURLs.flatMap(url =>
    rule.verbs.map(verb => ({
      ...none,
      verbs: [verb],
      nonResourceURLs: [url],
    })),
  );
  const names = rule.resourceNames.length > 0 ? rule.resourceNames : [''];
  const ofResources = rule.apiGroups.flatMap(group =>
    rule.resources.flatMap(resource =>
      names.flatMap(name =>
        rule.verbs.map(verb => ({
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          resourceNames: name ? [name] : [],
          nonResourceURLs: [],
        })),
      ),
    ),
  );
  return [...ofResources, ...ofPaths];
}

function covers(rule: PolicyRule, single: PolicyRule): boolean {
  if (!holds(rule.verbs, single.verbs[0])) return false;
  const [url] = single.nonResourceURLs;
  if (url !== undefined)
    return rule.nonResourceURLs.some(pattern => pathFits(pattern, url));
  const [resource, subresource] = single.resources[0].split('/');
  return (
    holds(rule.apiGroups, single.apiGroups[0]) &&
    resourceFits(rule.resources, { resource, subresource }) &&
    nameFits(rule.resourceNames, single.resourceNames[0])
  );
}

/** A rule as the real server writes it into a refusal. */
export function ruleText(rule: PolicyRule): string {
  const parts = [
    listText('APIGroups', rule.apiGroups),
    listText('Resources', rule.resources),
    listText('ResourceNames', rule.resourceNames),
    listText('NonResourceURLs', rule.nonResourceURLs),
    listText('Verbs', rule.verbs),
  ];
  return `{${parts.filter(Boolean).join(', ')}}`;
}

function listText(name: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `${name}:[${items.map(item => JSON.stringify(item)).join(' ')}]`;
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}
