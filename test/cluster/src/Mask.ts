// SPDX-License-Identifier: Apache-2.0
import type { Step } from './ContractCase';
import { isJsonObject, type Json, type JsonObject } from './Json';

const UID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const ADDRESS = /\b10\.\d+\.\d+\.\d+\b/g;
const TOO_OLD = /(resource version: )\d+( \()\d+(\))/g;
/** A version in a path or in a message. */
const VERSION = /(resourceVersion=|in record \()\d{2,}/g;
/** A node port in a table. */
const PORT = /(\d:)3[0-2]\d{3}(?=\/)/g;
/** Another on each server. */
const ISSUER = /https:\/\/kubernetes\.default\.svc(\.cluster\.local)?/g;
/** A line of the server’s source. */
const GO_FILE = /in scheme "[^"]*"/g;
const POINTER = /0xc[0-9a-f]{9}/g;
/** As in `web.17f0…` of an event. */
const EVENT_NAME = /\.[0-9a-f]{14,16}\b/g;
/** A Go struct, or the simulator’s JSON in its place, in the message of a validation error. */
const STRUCT =
  /(Invalid|Unsupported) value: (?:(?:\[\])?[a-z\d]+\.[A-Z]\w*|"?)\{.*?\}"?(?=: [a-z])/g;
/** The difference that follows what may not change, as Go structs. */
const STRUCT_DIFF = /(may not change fields other than [^\n]*)\n[\s\S]*$/;
/** Made of the letters and digits that Kubernetes takes for names, as in `web-68c76d659f-nzmfc`. */
const HASH = /-(?=[a-z]*\d)[bcdfghjklmnpqrstvwxz2456789]{8,10}\b/g;
const RANDOM = /-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g;
/** Budgets and evictions came to v1 with 1.21. */
const BUDGET = /policy\/v1(beta1)?(?=\/|$)/g;
const HASH_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
];
/** Numbers that the server chooses. */
const CHOSEN = new Set(['nodePort', 'healthCheckNodePort']);

/**
 * Masks what is another on each server and each run (uids, times, versions, generated names, addresses), but keeps what
 * is equal equal: the second uid of a transcript is `uid-2` everywhere.
 */
export class Mask {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  /** Versions in the order each object showed them. */
  private readonly versions = new Map<string, string[]>();

  constructor(private readonly namespace: string) {}

  steps(steps: readonly Step[]): Step[] {
    for (const { body } of steps) this.learn(body);
    return steps.map(({ call, status, body }) => ({
      call: this.text(call),
      ...(status !== undefined && { status }),
      ...(body !== undefined && { body: this.value(body) }),
    }));
  }

  private learn(value: Json | undefined): void {
    if (Array.isArray(value)) for (const item of value) this.learn(item);
    if (!isJsonObject(value)) return;
    const { generateName, name } = value;
    if (
      typeof generateName === 'string' &&
      typeof name === 'string' &&
      name.startsWith(generateName) &&
      name.length > generateName.length
    )
      this.alias(name.slice(generateName.length), 'RANDOM');
    for (const label of HASH_LABELS) {
      const hash = value[label];
      if (typeof hash === 'string') this.alias(hash, 'HASH');
    }
    for (const part of Object.values(value)) this.learn(part);
  }

  private alias(text: string, kind: string): string {
    const known = this.names.get(text);
    if (known) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const alias = `${kind}-${count}`;
    this.names.set(text, alias);
    return alias;
  }

  private value(value: Json, key = '', owner?: JsonObject): Json {
    if (typeof value === 'string') return this.string(value, key, owner);
    if (typeof value === 'number' && CHOSEN.has(key)) return 'PORT';
    if (Array.isArray(value)) return value.map(item => this.value(item, key));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, part]) =>
        part === undefined
          ? []
          : [[this.text(name), this.value(part, name, value)]],
      ),
    );
  }

  private string(text: string, key: string, owner?: JsonObject): string {
    if (key === 'resourceVersion' && text !== '')
      return this.version(text, owner);
    if (key === 'continue' && text !== '') return 'CONTINUE';
    return this.text(text);
  }

  /** `v2` is the second version this object showed; a list’s version says only that there is one. */
  private version(text: string, owner: JsonObject = {}): string {
    const { uid } = owner;
    if (typeof uid !== 'string') return 'VERSION';
    const seen = this.versions.get(uid) ?? [];
    if (!seen.includes(text)) seen.push(text);
    this.versions.set(uid, seen);
    return `v${seen.indexOf(text) + 1}`;
  }

  private text(text: string): string {
    let masked = text.replaceAll(this.namespace, 'NS');
    for (const [name, alias] of this.names)
      if (!UID.test(name)) masked = masked.replaceAll(name, alias);
    return masked
      .replace(UID, uid => this.alias(uid, 'uid'))
      .replace(TIME, 'TIME')
      .replace(ADDRESS, 'ADDRESS')
      .replace(TOO_OLD, '$1N$2N$3')
      .replace(STRUCT, '$1 value: STRUCT')
      .replace(STRUCT_DIFF, '$1')
      .replace(VERSION, '$1N')
      .replace(PORT, '$1PORT')
      .replace(ISSUER, 'ISSUER')
      .replace(GO_FILE, 'in scheme "GO-FILE"')
      .replace(POINTER, 'POINTER')
      .replace(EVENT_NAME, '.EVENT')
      .replace(HASH, '-HASH')
      .replace(RANDOM, '-RANDOM')
      .replace(BUDGET, 'policy/v1');
  }
}
