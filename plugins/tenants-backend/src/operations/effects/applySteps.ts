// SPDX-License-Identifier: Apache-2.0
import type { RenderedObject } from '../../modules/RenderedObject';
import type { StepPlan } from '../OperationExecutor';
import { EFFECT_LIMITS } from './EffectPorts';
import { planStep } from './planStep';
import type { InputOf } from './stepInputs';

/** An object to apply, and the version it was seen at; absent: it was not there. */
export type ApplyObject = RenderedObject & {
  readonly resourceVersion?: string;
};

/** Kinds that get healthy or not. Others are what they are once they are stored. */
const judged = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'HelmRelease',
  'Application',
]);

/** Parts of a wave, each small enough for a journal; an object that is larger has a part of its own. */
function partsOf(objects: readonly ApplyObject[]): readonly ApplyObject[][] {
  const parts: ApplyObject[][] = [];
  let left = 0;
  for (const object of objects) {
    const size = Buffer.byteLength(JSON.stringify(object));
    const last = parts.at(-1);
    if (last && size <= left) last.push(object);
    else {
      parts.push([object]);
      left = EFFECT_LIMITS.stepBytes;
    }
    left -= size;
  }
  return parts;
}

type Wave = Pick<InputOf<'apply'>, 'record' | 'isFresh'> & {
  readonly adopts: readonly string[];
  readonly changed: readonly ApplyObject[];
  /** All of the environment’s. */
  readonly objects: readonly RenderedObject[];
};

function title(wave: number, environment: string, part: string): string {
  return wave < 0
    ? `Apply quota, policies and access of ${environment}${part}`
    : `Apply wave ${wave + 1} of ${environment}${part}`;
}

/** The steps that apply what has changed, wave by wave; the last part of each waits for what the wave runs. */
export function applySteps(wave: Wave): readonly StepPlan[] {
  const { record, objects, isFresh } = wave;
  const numbers = [...new Set(wave.changed.map(each => each.wave))];
  return numbers
    .sort((a, b) => a - b)
    .flatMap(number => {
      const changed = wave.changed.filter(each => each.wave === number);
      const parts = partsOf(changed);
      return parts.map((part, at) => {
        const isLast = at === parts.length - 1;
        const of = parts.length > 1 ? ` (${at + 1} of ${parts.length})` : '';
        return planStep(
          record,
          {
            do: 'apply',
            record,
            objects: part,
            adopts: [...wave.adopts],
            isFresh,
            waitFor: isLast ? judgedOf(objects, number) : [],
          },
          {
            title: title(number, record.environment, of),
            part: `${number}.${at}`,
            wave: number,
          },
        );
      });
    });
}

function judgedOf(objects: readonly RenderedObject[], number: number) {
  return objects
    .filter(
      ({ wave, manifest }) => wave === number && judged.has(manifest.kind),
    )
    .map(({ manifest }) => ({
      kind: manifest.kind,
      name: manifest.metadata.name,
      namespace: manifest.metadata.namespace ?? '',
    }));
}
