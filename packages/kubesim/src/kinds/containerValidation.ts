// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';
import type { StatusCause } from '../storage/ApiError';
import { recordOf, recordsOf, textOf, type JsonRecord } from '../storage/json';
import {
  duplicate,
  LABEL,
  LABEL_HELP,
  notSupported,
  required,
  wrong,
} from './fieldCauses';

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const ENV_HELP =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = [
  'ClusterFirst',
  'ClusterFirstWithHostNet',
  'Default',
  'None',
];
const MAX_PORT = 65535;

/** What is wrong with the containers and the policies of a pod’s spec. */
export function checkPodSpec(spec: unknown, path: string): StatusCause[] {
  const pod = recordOf(spec);
  const volumes = new Set(recordsOf(pod.volumes).map(item => item.name));
  const containers = recordsOf(pod.containers);
  const seen = new Set<unknown>();
  const each = (list: readonly JsonRecord[], field: string) =>
    list.flatMap((container, at) =>
      checkContainer(container, {
        path: `${path}.${field}[${at}]`,
        volumes,
        seen,
      }),
    );
  return [
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...each(containers, 'containers'),
    ...each(recordsOf(pod.initContainers), 'initContainers'),
    ...oneOf(pod.restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`),
    ...oneOf(pod.dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`),
  ];
}

type Surroundings = {
  readonly path: string;
  readonly volumes: ReadonlySet<unknown>;
  readonly seen: Set<unknown>;
};

function checkContainer(
  container: JsonRecord,
  { path, volumes, seen }: Surroundings,
): StatusCause[] {
  const { name } = container;
  const twice = name !== undefined && seen.has(name);
  seen.add(name);
  return [
    ...checkContainerName(name, `${path}.name`),
    ...(twice ? [duplicate(`${path}.name`, name)] : []),
    ...(textOf(container.image) ? [] : [required(`${path}.image`)]),
    ...oneOf(
      container.imagePullPolicy,
      PULL_POLICIES,
      `${path}.imagePullPolicy`,
    ),
    ...recordsOf(container.ports).flatMap((port, at) =>
      checkPort(port.containerPort, `${path}.ports[${at}].containerPort`),
    ),
    ...recordsOf(container.env).flatMap((item, at) =>
      checkVariable(item.name, `${path}.env[${at}].name`),
    ),
    ...recordsOf(container.volumeMounts).flatMap((mount, at) =>
      volumes.has(mount.name)
        ? []
        : [notFoundField(`${path}.volumeMounts[${at}].name`, mount.name)],
    ),
    ...checkProbes(container, path),
    ...checkResources(recordOf(container.resources), `${path}.resources`),
  ];
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc'];

/** The port of a probe is a number in range; a name is looked up later. */
function checkProbes(container: JsonRecord, path: string): StatusCause[] {
  return PROBES.flatMap(probe =>
    HANDLERS.flatMap(handler => {
      const { port } = recordOf(recordOf(container[probe])[handler]);
      if (typeof port !== 'number' || (port > 0 && port <= MAX_PORT)) return [];
      const field = `${path}.${probe}.${handler}.port`;
      return [
        wrong(field, port, `must be between 1 and ${MAX_PORT}, inclusive`),
      ];
    }),
  );
}

function checkContainerName(name: unknown, field: string): StatusCause[] {
  const text = textOf(name) ?? '';
  if (text === '') return [required(field)];
  return text.length <= 63 && LABEL.test(text)
    ? []
    : [wrong(field, text, LABEL_HELP)];
}

/** A port has to be there and in range. */
export function checkPort(port: unknown, field: string): StatusCause[] {
  if (port === undefined || port === 0) return [required(field)];
  return typeof port === 'number' && port > 0 && port <= MAX_PORT
    ? []
    : [wrong(field, port, `must be between 1 and ${MAX_PORT}, inclusive`)];
}

function checkVariable(name: unknown, field: string): StatusCause[] {
  const text = textOf(name) ?? '';
  if (text === '') return [required(field)];
  return ENV_NAME.test(text) ? [] : [wrong(field, text, ENV_HELP)];
}

function checkResources(resources: JsonRecord, path: string): StatusCause[] {
  const limits = recordOf(resources.limits);
  const requests = recordOf(resources.requests);
  return [
    ...checkQuantities(limits, `${path}.limits`),
    ...checkQuantities(requests, `${path}.requests`),
    ...Object.entries(requests).flatMap(([name, value]) => {
      const limit = limits[name];
      if (limit === undefined)
        return isExtended(name)
          ? [
              required(
                `${path}.limits`,
                'Limit must be set for non overcommitable resources',
              ),
            ]
          : [];
      if (parseQuantity(value) <= parseQuantity(limit)) return [];
      return [
        wrong(
          `${path}.requests`,
          String(value),
          `must be less than or equal to ${name} limit of ${String(limit)}`,
        ),
      ];
    }),
  ];
}

function checkQuantities(amounts: JsonRecord, path: string): StatusCause[] {
  return Object.entries(amounts)
    .filter(([, value]) => parseQuantity(value) < 0)
    .map(([name, value]) =>
      wrong(
        `${path}[${name}]`,
        String(value),
        'must be greater than or equal to 0',
      ),
    );
}

/** A resource of a device, as in `example.com/gpu`, or huge pages: never shared. */
function isExtended(name: string): boolean {
  const [domain, rest] = name.split('/');
  if (rest === undefined) return name.startsWith('hugepages-');
  return !domain.endsWith('kubernetes.io');
}

function oneOf(
  value: unknown,
  known: readonly string[],
  field: string,
): StatusCause[] {
  return value === undefined || known.some(item => item === value)
    ? []
    : [notSupported(field, value, known)];
}

function notFoundField(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueNotFound',
    message: `Not found: ${JSON.stringify(value)}`,
    field,
  };
}
