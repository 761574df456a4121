// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ContainerRun, LogLine, LogSource } from '../logs/LogSource';
import { ApiError, badRequest } from '../storage/ApiError';
import { isRecord, recordOf, recordsOf, textOf } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { Clock } from '../time/Clock';
import { isTrue } from './RequestInfo';

/** Lines that wait for a reader’s socket while following; a reader further behind is ended. */
const MAX_WAITING_LINES = 100_000;
/** Text written to the socket at a time. */
const CHUNK_CHARACTERS = 64 * 1024;

export type LogRequest = {
  readonly pod: KubeObject;
  readonly query: URLSearchParams;
  readonly source: LogSource | undefined;
  readonly clock: Clock;
};
type Shape = {
  readonly since: number;
  readonly tail: number | undefined;
  readonly timestamps: boolean;
  limit: number;
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

/** Writes lines to a socket no faster than it takes them. */
class LogReader {
  private ended = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly shape: Shape,
    private readonly response: ServerResponse,
    private waiting: LogLine[],
  ) {}

  async follow(run: ContainerRun): Promise<void> {
    const wakeUp = () => this.wake?.();
    const stop = run.follow(line => {
      if (line === undefined || this.waiting.length >= MAX_WAITING_LINES)
        this.ended = true;
      else if (line.at >= this.shape.since) this.waiting.push(line);
      wakeUp();
    });
    this.response.once('close', wakeUp);
    try {
      while (!this.finished()) {
        await this.drain();
        if (this.finished()) break;
        await new Promise<void>(resolve => {
          this.wake = resolve;
        });
      }
      await this.drain();
    } finally {
      stop();
    }
  }

  async drain(): Promise<void> {
    while (
      this.waiting.length > 0 &&
      this.shape.limit > 0 &&
      !this.response.destroyed
    ) {
      const lines = this.waiting;
      this.waiting = [];
      for (const chunk of this.chunks(lines)) {
        if (this.response.destroyed || this.response.write(chunk)) continue;
        const closed = new AbortController();
        this.response.once('close', () => closed.abort());
        await once(this.response, 'drain', { signal: closed.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private finished(): boolean {
    return (
      this.response.destroyed ||
      this.shape.limit <= 0 ||
      (this.ended && this.waiting.length === 0)
    );
  }

  private *chunks(lines: readonly LogLine[]): Generator<Buffer> {
    let text = '';
    for (const line of lines) {
      text += this.shape.timestamps
        ? `${nanoTime(line.at)} ${line.text}\n`
        : `${line.text}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield this.limited(text);
      text = '';
    }
    if (text) yield this.limited(text);
  }

  private limited(text: string): Buffer {
    const bytes = Buffer.from(text);
    const cut =
      bytes.length > this.shape.limit
        ? bytes.subarray(0, Math.max(0, this.shape.limit))
        : bytes;
    this.shape.limit -= cut.length;
    return cut;
  }
}

function nanoTime(at: number): string {
  return new Date(at).toISOString().replace(/(\.\d{3})Z$/, '$1000000Z');
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

function shapeOf(query: URLSearchParams, now: number): Shape {
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
