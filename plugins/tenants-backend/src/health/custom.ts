// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES,
  type HealthCode,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CustomHealth,
  CustomHealthContext,
  CustomKind,
} from '@tenantry/backstage-plugin-tenants-node';
import type { CustomObject } from '../informers/CustomListing';
import { judgeGeneric } from './generic';
import { conditionOf, type HealthContext } from './HealthCheck';
import { worstPod } from './replicated';
import { compareHealth } from './rollUp';
import { judgeTerminating } from './terminating';
import { clip, healthOf, type Verdict } from './Verdict';

/** Judges an object of a kind that a module added: by the module’s check, else by the generic rules and the pods it controls. */
export function judgeCustom(
  { kind, object }: { kind: CustomKind; object: CustomObject },
  context: HealthContext,
  now: Date,
): Verdict {
  const gone = judgeTerminating(object, now);
  if (gone) return gone;
  const own = kind.check && askCheck({ ...kind, object }, context, now);
  if (own) return own;
  const generic = judgeGeneric(object, context, now);
  const pod = worstPod(context.podsOf(object), context);
  if (pod?.code !== 'Degraded') return generic;
  return [generic, pod].sort(compareHealth)[0];
}

/** What others write may fail or answer anything: neither may take the tenant down, nor reach the wire as it is. */
function askCheck(
  { check, object }: CustomKind & { readonly object: CustomObject },
  context: HealthContext,
  now: Date,
): Verdict | undefined {
  try {
    const said = check?.(object, contextFor(object, context), now);
    return said && toVerdict(said, object);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    return unknown(object, `failed on it (${name})`);
  }
}

function toVerdict(said: CustomHealth, object: CustomObject): Verdict {
  const { code, reason, message, since, changesAt } = said;
  if (!isCode(code)) return unknown(object, 'answered no health code');
  const known = since !== undefined && isTime(since);
  return {
    code,
    reason: clip(String(reason)) || code,
    message: clip(String(message ?? '')),
    ...(known ? { since: new Date(since).toISOString() } : {}),
    ...(changesAt instanceof Date && isTime(changesAt.getTime())
      ? { changesAt }
      : {}),
  };
}

function unknown({ kind, name }: CustomObject, what: string): Verdict {
  return {
    code: 'Unknown',
    reason: 'CheckFailed',
    message: `${kind} ${name} cannot be judged: the health check that the portal has for this kind ${what}. Tell who installed it.`,
  };
}

function isCode(code: string): code is HealthCode {
  return HEALTH_CODES.some(known => known === code);
}

function isTime(time: string | number): boolean {
  return Number.isFinite(new Date(time).getTime());
}

function contextFor(
  object: CustomObject,
  context: HealthContext,
): CustomHealthContext {
  return {
    pods: context.podsOf(object).map(pod => ({
      name: pod.name,
      ready: conditionOf(pod, 'Ready')?.status === 'True',
      health: healthOf(context.verdictOf(pod)),
    })),
    events: context.eventsOf(object),
  };
}
