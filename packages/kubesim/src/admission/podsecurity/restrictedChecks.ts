// SPDX-License-Identifier: Apache-2.0
import {
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../storage/json';
import { addedBeyond } from './baselineChecks';
import {
  containersText,
  quoted,
  sortedSet,
  texts,
  type ContainerView,
  type PodCheck,
} from './PodView';

const ADDABLE: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);
const VOLUME_TYPES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const SECCOMP_TYPES: ReadonlySet<unknown> = new Set([
  'RuntimeDefault',
  'Localhost',
]);

const allowPrivilegeEscalation: PodCheck = ({ containers }) => {
  const bad = containers.filter(
    item => item.security.allowPrivilegeEscalation !== false,
  );
  if (bad.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containersText(
      bad,
    )} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

const capabilities: PodCheck = ({ containers }) => {
  const keeping = containers.filter(
    ({ security }) =>
      !texts(recordOf(security.capabilities).drop).includes('ALL'),
  );
  const added = addedBeyond(containers, ADDABLE);
  const details = [
    ...(keeping.length > 0
      ? [
          `${containersText(
            keeping,
          )} must set securityContext.capabilities.drop=["ALL"]`,
        ]
      : []),
    ...(added.bad.length > 0
      ? [
          `${containersText(added.bad)} must not include ${quoted(
            added.capabilities,
          )} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  if (details.length === 0) return undefined;
  return { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const restrictedVolumes: PodCheck = ({ spec }) => {
  const bad = recordsOf(spec.volumes).flatMap(volume => {
    const type = Object.keys(volume).find(key => key !== 'name');
    return type === undefined || VOLUME_TYPES.has(type)
      ? []
      : [{ name: textOf(volume.name) ?? '', type }];
  });
  if (bad.length === 0) return undefined;
  const types = sortedSet(bad.map(item => item.type));
  const [volumes, use] =
    bad.length === 1 ? ['volume', 'uses'] : ['volumes', 'use'];
  const word = types.length === 1 ? 'type' : 'types';
  return {
    reason: 'restricted volume types',
    detail: `${volumes} ${quoted(
      bad.map(item => item.name),
    )} ${use} restricted volume ${word} ${quoted(types)}`,
  };
};

const runAsNonRoot: PodCheck = ({ security, containers }) => {
  const refusing = containers.filter(
    item => item.security.runAsNonRoot === false,
  );
  const silent = containers.filter(item => isUnset(item.security.runAsNonRoot));
  const covered = security.runAsNonRoot === true;
  // What the pod says counts only for containers that say nothing.
  const podRefuses = security.runAsNonRoot === false;
  const says = 'must not set securityContext.runAsNonRoot=false';
  const details = [
    ...(podRefuses && silent.length > 0 ? [`pod ${says}`] : []),
    ...(refusing.length > 0 ? [`${containersText(refusing)} ${says}`] : []),
  ];
  const reason = 'runAsNonRoot != true';
  if (details.length > 0) return { reason, detail: details.join(' and ') };
  if (covered || silent.length === 0) return undefined;
  return {
    reason,
    detail: `pod or ${containersText(
      silent,
    )} must set securityContext.runAsNonRoot=true`,
  };
};

const runAsUser: PodCheck = ({ security, containers }) => {
  const bad = containers.filter(item => item.security.runAsUser === 0);
  const setters = [
    ...(security.runAsUser === 0 ? ['pod'] : []),
    ...(bad.length > 0 ? [containersText(bad)] : []),
  ];
  if (setters.length === 0) return undefined;
  const detail = setters.map(item => `${item} must not set runAsUser=0`);
  return { reason: 'runAsUser=0', detail: detail.join(' and ') };
};

const seccompProfile: PodCheck = ({ security, containers }) => {
  const typeOf = (context: JsonRecord) => recordOf(context.seccompProfile).type;
  const ofPod = typeOf(security);
  const set = (item: ContainerView) => !isUnset(typeOf(item.security));
  const bad = containers.filter(
    item => set(item) && !SECCOMP_TYPES.has(typeOf(item.security)),
  );
  const silent = containers.filter(item => !set(item));
  const podIsBad = !isUnset(ofPod) && !SECCOMP_TYPES.has(ofPod);
  const says = (types: readonly unknown[]) =>
    `must not set securityContext.seccompProfile.type to ${quoted(
      sortedSet(types.map(String)),
    )}`;
  const details = [
    ...(podIsBad ? [`pod ${says([ofPod])}`] : []),
    ...(bad.length > 0
      ? [
          `${containersText(bad)} ${says(
            bad.map(item => typeOf(item.security)),
          )}`,
        ]
      : []),
  ];
  const reason = 'seccompProfile';
  if (details.length > 0) return { reason, detail: details.join(' and ') };
  if (!isUnset(ofPod) || silent.length === 0) return undefined;
  return {
    reason,
    detail: `pod or ${containersText(
      silent,
    )} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What the restricted level checks beyond baseline; one of the same name takes the place of that of baseline. */
export const RESTRICTED_CHECKS: Readonly<Record<string, PodCheck>> = {
  allowPrivilegeEscalation,
  capabilities,
  hostPathVolumes: restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfile,
};
