// SPDX-License-Identifier: Apache-2.0
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const TYPES = ['file', 'folder', 'url'] as const;

/** Where module definitions are. */
export type DefinitionsTarget = {
  readonly type: (typeof TYPES)[number];
  /** A path, relative to the working folder of the backend, or an address. */
  readonly target: string;
  /** How often it is read when nothing tells of a change. */
  readonly everyMs: number;
};

/** How often targets are read that say nothing else. */
export const DEFAULT_DEFINITION_PERIODS: Readonly<
  Record<DefinitionsTarget['type'], number>
> = { file: 30_000, folder: 30_000, url: 300_000 };

const KEY = 'tenants.modules';
const MAX_TARGETS = 20;
const MIN_PERIOD_MS = 5_000;

/** Reads `tenants.modules`. @throws InputError that quotes the full key and says what is allowed */
export function readDefinitionsConfig(
  root: Config,
): readonly DefinitionsTarget[] {
  const given = root.getOptional(KEY);
  if (given === undefined) return [];
  if (typeof given === 'string') return [toTarget(given)];
  if (!Array.isArray(given)) {
    throw new InputError(
      `The configuration key ${KEY} must be a path, an address, or a list of them.`,
    );
  }
  if (given.length > MAX_TARGETS) {
    throw new InputError(
      `The configuration key ${KEY} must list at most ${MAX_TARGETS} places; it lists ${given.length}.`,
    );
  }
  if (given.every(each => typeof each === 'string')) {
    return refuseTwins(given.map(toTarget));
  }
  const targets = root
    .getConfigArray(KEY)
    .map((config, index) => readTarget(config, `${KEY}[${index}]`));
  return refuseTwins(targets);
}

function toTarget(target: string): DefinitionsTarget {
  const type = typeOf(target);
  return { type, target, everyMs: DEFAULT_DEFINITION_PERIODS[type] };
}

function typeOf(target: string): DefinitionsTarget['type'] {
  if (/^https?:\/\//.test(target)) return 'url';
  return /\.(ya?ml|json)$/i.test(target) ? 'file' : 'folder';
}

function readTarget(config: Config, key: string): DefinitionsTarget {
  const word = config.getString('type');
  const type = TYPES.find(each => each === word);
  if (!type) {
    throw new InputError(
      `The configuration key ${key}.type must be one of ${TYPES.join(
        ', ',
      )}; it is ${JSON.stringify(word)}.`,
    );
  }
  const target = config.getString('target');
  if ((type === 'url') !== (typeOf(target) === 'url')) {
    throw new InputError(
      `The configuration key ${key}.target must be ${
        type === 'url' ? 'an address that begins with https://' : 'a path'
      }, as its type is ${type}.`,
    );
  }
  return { type, target, everyMs: readPeriod(config, type, key) };
}

function readPeriod(
  config: Config,
  type: DefinitionsTarget['type'],
  key: string,
): number {
  if (!config.has('schedule')) return DEFAULT_DEFINITION_PERIODS[type];
  const duration = readDurationFromConfig(config, { key: 'schedule' });
  const everyMs = durationToMilliseconds(duration);
  if (everyMs < MIN_PERIOD_MS) {
    throw new InputError(
      `The configuration key ${key}.schedule must be at least ${
        MIN_PERIOD_MS / 1000
      } seconds.`,
    );
  }
  return everyMs;
}

function refuseTwins(
  targets: readonly DefinitionsTarget[],
): readonly DefinitionsTarget[] {
  const names = targets.map(({ target }) => target);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return targets;
  throw new InputError(`The configuration key ${KEY} names "${twice}" twice.`);
}
