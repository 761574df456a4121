// SPDX-License-Identifier: Apache-2.0
import type { KnownSecrets } from '../logs';
import { maskNamed, maskText, type MaskedText } from './maskText';

type Json = { readonly [key: string]: unknown };

/** An object as it may be shown. */
export type MaskedObject = { readonly object: Json; readonly masked: number };

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Deeper than any object of a known kind; what lies deeper is left out. */
const MAX_DEPTH = 40;
/** Maps whose keys are chosen by people and say what the value is. Elsewhere keys are the API’s: `secretName: web` names no secret. */
const FREE_KEYS: ReadonlySet<string> = new Set([
  'annotations',
  'values',
  'postBuild',
  'substitute',
  'valuesObject',
]);
const FLAG = /^--?([\w.-]+)$/;

function withoutNoise(object: Json): Json {
  const metadata = asRecord(object.metadata) ?? {};
  const { managedFields: _fields, annotations, ...rest } = metadata;
  const { [LAST_APPLIED]: _applied, ...kept } = asRecord(annotations) ?? {};
  const hasAny = Object.keys(kept).length > 0;
  return {
    ...object,
    metadata: { ...rest, ...(hasAny ? { annotations: kept } : {}) },
  };
}

type Place = {
  /** Keys are names somebody chose. */
  readonly free: boolean;
  readonly depth: number;
};

/** Walks one object and counts what it masks. */
class ObjectMasker {
  masked = 0;

  constructor(private readonly known: KnownSecrets) {}

  record(value: Json, place: Place): Json {
    if (place.depth > MAX_DEPTH) return {};
    const { name } = value;
    const entries = Object.entries(value).map(([key, member]) => {
      // An environment variable, or a parameter of a chart.
      const isValueOf = key === 'value' && typeof name === 'string';
      const named = isValueOf ? name : key;
      const free = place.free || isValueOf;
      return [key, this.member(named, member, { ...place, free })] as const;
    });
    return Object.fromEntries(entries);
  }

  private member(name: string, value: unknown, place: Place): unknown {
    if (typeof value === 'string') {
      return this.count(
        place.free
          ? maskNamed(name, value, this.known)
          : maskText(value, this.known),
      );
    }
    const inside = {
      free: place.free || FREE_KEYS.has(name),
      depth: place.depth + 1,
    };
    if (Array.isArray(value)) return this.list(name, value, inside);
    const record = asRecord(value);
    return record ? this.record(record, inside) : value;
  }

  /** An argument behind a flag is judged by the flag’s name. */
  private list(name: string, values: readonly unknown[], place: Place) {
    return values.map((value, at) => {
      const before = at > 0 ? values[at - 1] : undefined;
      const flag =
        typeof before === 'string' ? FLAG.exec(before)?.[1] : undefined;
      return flag === undefined
        ? this.member(name, value, place)
        : this.member(flag, value, { ...place, free: true });
    });
  }

  private count({ text, masked }: MaskedText): string {
    this.masked += masked;
    return text;
  }
}

/**
 * What is shown of an object: without the fields that only tools read, and with what looks like a secret masked by the rules
 * of logs. Values of environment variables, of annotations, of a chart and behind a flag are judged by their names too.
 */
export function maskObject(object: Json, known: KnownSecrets): MaskedObject {
  const walk = new ObjectMasker(known);
  const shown = walk.record(withoutNoise(object), { free: false, depth: 0 });
  return { object: shown, masked: walk.masked };
}

function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}
