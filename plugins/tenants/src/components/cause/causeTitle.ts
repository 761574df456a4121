// SPDX-License-Identifier: Apache-2.0
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../useText';

type Pattern = (t: Translate, object: string, isOnce: boolean) => string;

const outOfMemory: Pattern = (t, object, isOnce) =>
  isOnce
    ? t('cause.OutOfMemoryOnce', { object })
    : t('cause.OutOfMemory', { object });
const imagePull: Pattern = (t, object) => t('cause.ImagePull', { object });
const crashLoop: Pattern = (t, object, isOnce) =>
  isOnce
    ? t('cause.CrashLoopOnce', { object })
    : t('cause.CrashLoop', { object });
const unschedulable: Pattern = (t, object) =>
  t('cause.Unschedulable', { object });
const config: Pattern = (t, object) => t('cause.Config', { object });

// Kubernetes' own reasons, and the sentence each of them means.
const patterns = new Map<string, Pattern>([
  ['OOMKilled', outOfMemory],
  ['ImagePullBackOff', imagePull],
  ['ErrImagePull', imagePull],
  ['InvalidImageName', imagePull],
  ['CrashLoopBackOff', crashLoop],
  ['Error', crashLoop],
  ['Unschedulable', unschedulable],
  ['FailedScheduling', unschedulable],
  ['CreateContainerConfigError', config],
]);

/** A crash loop is how it shows: where all ends were alike, they are what is wrong. */
function patternOf({ reason, ended }: Cause): Pattern | undefined {
  const end = reason === 'CrashLoopBackOff' ? ended?.reason : undefined;
  return patterns.get(end ?? reason) ?? patterns.get(reason);
}

/** What is wrong, as one sentence about the object at fault. */
export function causeTitle(t: Translate, cause: Cause): string {
  const object = cause.pod ?? cause.object.name;
  const pattern = patternOf(cause);
  if (pattern) return pattern(t, object, cause.ended?.times === 1);
  if (cause.code === 'Missing') return t('cause.Missing', { object });
  return t('cause.other', { object, reason: cause.reason });
}
