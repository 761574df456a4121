// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import { LogReader, type LogShape } from './LogReader';
import type { ContainerRun, LogLine, LogSource } from '../logs/LogSource';
import {
  badRequest,
  invalid,
  type ApiError,
  type StatusCause,
} from '../storage/ApiError';
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
  const shape = shapeOf(pod, { query, now: clock.now() });
  const container = containerOf(pod, query.get('container'));
  // Of a pod without a node the real server has nothing to say.
  if (!pod.spec?.nodeName) {
    response.writeHead(204).end();
    return;
  }
  const run = runOf(request, container);
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
  const names = (list: string) =>
    recordsOf(pod.spec?.[list]).map(item => textOf(item.name) ?? '');
  const main = names('containers');
  const all = [
    ...names('initContainers'),
    ...main,
    ...names('ephemeralContainers'),
  ];
  const { name } = pod.metadata;
  if (asked) {
    if (all.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const annotated =
    pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (main.length === 1) return main[0];
  if (annotated && main.includes(annotated)) return annotated;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${all.join(
      ' ',
    )}]`,
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

function shapeOf(
  pod: KubeObject,
  { query, now }: { query: URLSearchParams; now: number },
): LogShape {
  const read = (name: string, least = 0) =>
    wholeNumber(pod, { name, text: query.get(name), least });
  const tail = read('tailLines');
  const limit = read('limitBytes', 1);
  const seconds = read('sinceSeconds', 1);
  const time = query.get('sinceTime');
  if (time !== null && seconds !== undefined)
    throw invalidOption(pod, {
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
      field: '[]',
    });
  const back = seconds === undefined ? 0 : now - seconds * 1000;
  return {
    since: time === null ? back : timeOf(time),
    tail,
    timestamps: isTrue(query.get('timestamps')),
    limit: limit ?? Infinity,
  };
}

function timeOf(text: string): number {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw badRequest(
    `parsing time ${JSON.stringify(text)}: cannot parse it as a time`,
  );
}

function wholeNumber(
  pod: KubeObject,
  given: { name: string; text: string | null; least: number },
): number | undefined {
  const { name, text, least } = given;
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  if (value >= least) return value;
  const bound = least === 0 ? 'greater than or equal to 0' : 'greater than 0';
  throw invalidOption(pod, {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${value}: must be ${bound}`,
    field: name,
  });
}

function invalidOption(pod: KubeObject, cause: StatusCause): ApiError {
  return invalid(
    { plural: 'pods', group: '', kind: 'PodLogOptions' },
    pod.metadata.name,
    [cause],
  );
}
