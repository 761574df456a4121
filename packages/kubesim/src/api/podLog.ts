// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import { LogReader, type LogShape } from './LogReader';
import type { ContainerRun, LogLine, LogSource } from '../logs/LogSource';
import { ApiError, badRequest } from '../storage/ApiError';
import { isRecord, recordOf, recordsOf, textOf } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { Clock } from '../time/Clock';
import { isTrue } from './RequestInfo';

export type LogRequest = {
  readonly pod: KubeObject;
  readonly query: URLSearchParams;
  readonly source: LogSource | undefined;
  readonly clock: Clock;
};

/** Answers `pods/log`. @throws ApiError 400 in the words of the real server */
export async function sendPodLog(
  request: LogRequest,
  response: ServerResponse,
): Promise<void> {
  const { pod, query, clock } = request;
  const container = containerOf(pod, query.get('container'));
  const run = runOf(request, container);
  const shape = shapeOf(query, clock.now());
  const follow = isTrue(query.get('follow')) && !run.ended;
  response.writeHead(200, {
    'Content-Type': 'text/plain',
    'Cache-Control': 'no-cache, private',
  });
  response.flushHeaders();
  const waiting = tailOf(
    run.lines.filter(line => line.at >= shape.since),
    shape.tail,
  );
  const reader = new LogReader(shape, response, waiting);
  await (follow ? reader.follow(run) : reader.drain());
  if (!response.destroyed) response.end();
}

function tailOf(lines: LogLine[], tail: number | undefined): LogLine[] {
  if (tail === undefined) return lines;
  return tail === 0 ? [] : lines.slice(-tail);
}

function containerOf(pod: KubeObject, asked: string | null): string {
  const names = recordsOf(pod.spec?.containers).map(
    item => textOf(item.name) ?? '',
  );
  const init = recordsOf(pod.spec?.initContainers).map(
    item => textOf(item.name) ?? '',
  );
  const { name } = pod.metadata;
  if (asked) {
    if (names.includes(asked) || init.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const annotated =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (names.length === 1) return names[0];
  if (annotated && names.includes(annotated)) return annotated;
  const inits =
    init.length > 0
      ? ` or one of the init containers: [${init.join(' ')}]`
      : '';
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${names.join(
      ' ',
    )}]${inits}`,
  );
}

function runOf(request: LogRequest, container: string): ContainerRun {
  const { pod, query, source } = request;
  const { namespace = '', name, uid } = pod.metadata;
  const previous = isTrue(query.get('previous'));
  const run = source?.run(
    { namespace, name, uid },
    container,
    previous ? 'previous' : 'current',
  );
  if (run) return run;
  if (previous)
    throw badRequest(
      `previous terminated container "${container}" in pod "${name}" not found`,
    );
  if (!pod.spec?.nodeName)
    throw badRequest(`pod ${name} does not have a host assigned`);
  throw badRequest(
    `container "${container}" in pod "${name}" is waiting to start: ${waitingReason(
      pod,
      container,
    )}`,
  );
}

function waitingReason(pod: KubeObject, container: string): string {
  const statuses = [
    ...recordsOf(pod.status?.containerStatuses),
    ...recordsOf(pod.status?.initContainerStatuses),
  ];
  const state = recordOf(statuses.find(item => item.name === container)?.state);
  const reason = isRecord(state.waiting)
    ? textOf(state.waiting.reason)
    : undefined;
  if (reason === 'ImagePullBackOff' || reason === 'ErrImagePull')
    return 'trying and failing to pull image';
  return reason ?? 'ContainerCreating';
}

function shapeOf(query: URLSearchParams, now: number): LogShape {
  const tail = wholeNumber(query, 'tailLines');
  const limit = wholeNumber(query, 'limitBytes');
  if (limit === 0) throw invalidOption('limitBytes', 'must be greater than 0');
  return {
    since: sinceOf(query, now),
    tail,
    timestamps: isTrue(query.get('timestamps')),
    limit: limit ?? Infinity,
  };
}

function sinceOf(query: URLSearchParams, now: number): number {
  const time = query.get('sinceTime');
  const seconds = wholeNumber(query, 'sinceSeconds');
  if (time !== null && seconds !== undefined) {
    throw invalidOption(
      'sinceSeconds',
      'at most one of `sinceTime` or `sinceSeconds` may be specified',
    );
  }
  if (time === null) return seconds === undefined ? 0 : now - seconds * 1000;
  const at = Date.parse(time);
  if (Number.isNaN(at))
    throw badRequest(
      `parsing time ${JSON.stringify(time)}: cannot parse it as a time`,
    );
  return at;
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw invalidOption(name, 'must be greater than or equal to 0');
  return value;
}

function invalidOption(field: string, why: string): ApiError {
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `PodLogOptions.v1 "" is invalid: ${field}: Invalid value: ${why}`,
    details: {
      kind: 'PodLogOptions',
      causes: [{ reason: 'FieldValueInvalid', message: why, field }],
    },
  });
}
