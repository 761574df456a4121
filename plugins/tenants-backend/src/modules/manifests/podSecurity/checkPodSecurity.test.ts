// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { container, POD_SECURITY_CONTEXT } from '../testing/renderInput';
import { checkPodSecurity } from './checkPodSecurity';

function pod(spec: JsonObject = {}, annotations: JsonObject = {}): JsonObject {
  return {
    metadata: { annotations },
    spec: {
      securityContext: POD_SECURITY_CONTEXT,
      containers: [container()],
      ...spec,
    },
  };
}

function withContainer(fields: JsonObject): JsonObject {
  return pod({ containers: [container(fields)] });
}

function secured(fields: JsonObject): JsonObject {
  return withContainer({
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      ...fields,
    },
  });
}

const podContext = (fields: JsonObject) =>
  pod({ securityContext: { ...POD_SECURITY_CONTEXT, ...fields } });

describe('Pod Security', () => {
  it('admits a pod that says all that restricted asks for', () => {
    expect(checkPodSecurity(pod(), 'restricted')).toEqual([]);
  });

  it.each<[string, string, JsonObject]>([
    [
      'HostProcess',
      'spec.securityContext.windowsOptions.hostProcess',
      podContext({ windowsOptions: { hostProcess: true } }),
    ],
    ['Host Namespaces', 'spec.hostNetwork', pod({ hostNetwork: true })],
    ['Host Namespaces', 'spec.hostPID', pod({ hostPID: true })],
    ['Host Namespaces', 'spec.hostIPC', pod({ hostIPC: true })],
    [
      'Privileged Containers',
      'spec.containers[0].securityContext.privileged',
      secured({ privileged: true }),
    ],
    [
      'Capabilities',
      'spec.containers[0].securityContext.capabilities.add',
      secured({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }),
    ],
    [
      'HostPath Volumes',
      'spec.volumes[0].hostPath',
      pod({ volumes: [{ name: 'x', hostPath: { path: '/' } }] }),
    ],
    [
      'Host Ports',
      'spec.containers[0].ports[0].hostPort',
      withContainer({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    [
      'Host Probes / Lifecycle Hooks',
      'spec.containers[0].livenessProbe.httpGet.host',
      withContainer({ livenessProbe: { httpGet: { host: '10.0.0.1' } } }),
    ],
    [
      'Host Probes / Lifecycle Hooks',
      'spec.containers[0].lifecycle.preStop.tcpSocket.host',
      withContainer({ lifecycle: { preStop: { tcpSocket: { host: 'x' } } } }),
    ],
    [
      'AppArmor',
      'spec.securityContext.appArmorProfile.type',
      podContext({ appArmorProfile: { type: 'Unconfined' } }),
    ],
    [
      'AppArmor',
      'metadata.annotations[container.apparmor.security.beta.kubernetes.io/main]',
      pod(
        {},
        { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' },
      ),
    ],
    [
      'SELinux',
      'spec.securityContext.seLinuxOptions.user',
      podContext({ seLinuxOptions: { user: 'system_u' } }),
    ],
    [
      'SELinux',
      'spec.containers[0].securityContext.seLinuxOptions.type',
      secured({ seLinuxOptions: { type: 'spc_t' } }),
    ],
    [
      '/proc Mount Type',
      'spec.containers[0].securityContext.procMount',
      secured({ procMount: 'Unmasked' }),
    ],
    [
      'Seccomp',
      'spec.containers[0].securityContext.seccompProfile.type',
      secured({ seccompProfile: { type: 'Unconfined' } }),
    ],
    [
      'Sysctls',
      'spec.securityContext.sysctls[0].name',
      podContext({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
    ],
  ])('of level baseline refuses %s by %s', (control, path, template) => {
    expect(checkPodSecurity(template, 'baseline')).toMatchObject([
      { control, paths: [path] },
    ]);
  });

  it.each<[string, string, JsonObject]>([
    [
      'Volume Types',
      'spec.volumes[0].nfs',
      pod({ volumes: [{ name: 'x', nfs: { server: 'a', path: '/' } }] }),
    ],
    [
      'Privilege Escalation',
      'spec.containers[0].securityContext.allowPrivilegeEscalation',
      withContainer({
        securityContext: { capabilities: { drop: ['ALL'] } },
      }),
    ],
    [
      'Running as Non-root',
      'spec.containers[0].securityContext.runAsNonRoot',
      secured({ runAsNonRoot: false }),
    ],
    [
      'Running as Non-root user',
      'spec.containers[0].securityContext.runAsUser',
      secured({ runAsUser: 0 }),
    ],
    [
      'Seccomp (restricted)',
      'spec.containers[0].securityContext.seccompProfile.type',
      pod({ securityContext: { runAsNonRoot: true } }),
    ],
    [
      'Capabilities (restricted)',
      'spec.containers[0].securityContext.capabilities.drop',
      withContainer({ securityContext: { allowPrivilegeEscalation: false } }),
    ],
    [
      'Capabilities (restricted)',
      'spec.containers[0].securityContext.capabilities.add',
      secured({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    ],
  ])('of level restricted refuses %s by %s', (control, path, template) => {
    expect(checkPodSecurity(template, 'baseline')).toEqual([]);
    expect(checkPodSecurity(template, 'restricted')).toMatchObject([
      { control, level: 'restricted', paths: [path] },
    ]);
  });

  it('takes every container’s own word where the pod says nothing', () => {
    const own = {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
        ...POD_SECURITY_CONTEXT,
      },
    };
    expect(
      checkPodSecurity(
        { spec: { containers: [container(own)] } },
        'restricted',
      ),
    ).toEqual([]);
  });

  it('looks at init containers too', () => {
    const template = pod({
      initContainers: [{ name: 'init', securityContext: { privileged: true } }],
    });
    const paths = checkPodSecurity(template, 'restricted').flatMap(
      violation => violation.paths,
    );
    expect(paths).toContain(
      'spec.initContainers[0].securityContext.privileged',
    );
  });
});
