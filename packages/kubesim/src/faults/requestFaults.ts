// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import { denied } from '../access/Attributes';
import { continueExpired } from '../api/ListReader';
import type { RequestInfo } from '../api/RequestInfo';
import { sendText } from '../api/respond';
import { ApiError, unauthorized } from '../storage/ApiError';
import type { Faults } from './Faults';
import { hugeObject } from './hugeObject';

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** Lets armed faults act before a request is answered. @throws ApiError the failure to answer with */
export async function failRequest(
  faults: Faults,
  info: RequestInfo | undefined,
  caller: { readonly user: string },
): Promise<void> {
  const latency = faults.take('latency', info);
  if (latency)
    await new Promise(resolve => setTimeout(resolve, latency.ms ?? 1000));
  if (faults.take('unauthorized', info, caller.user)) throw unauthorized();
  if (info && faults.take('forbid', info)) {
    const { verb, namespace, name, kind } = info;
    throw denied(caller.user, {
      verb,
      group: kind.group,
      resource: kind.plural,
      namespace,
      name,
    });
  }
  if (info?.query.get('continue') && faults.take('continueExpired', info))
    throw continueExpired();
  const failure = faults.take('httpStatus', info);
  if (!failure) return;
  const code = failure.status ?? 503;
  throw new ApiError({
    code,
    reason: failure.reason ?? REASONS[code] ?? 'Unknown',
    message: `injected failure ${code}`,
    details:
      failure.retryAfterSeconds === undefined
        ? undefined
        : { retryAfterSeconds: failure.retryAfterSeconds },
  });
}

/** Lets armed faults answer a list wrongly. `true` when one did. */
export function spoilList(
  faults: Faults,
  info: RequestInfo,
  answer: { response: ServerResponse; text: () => string },
): boolean {
  const { kind, apiVersion } = info.kind;
  const empty = faults.take('emptyList', info);
  if (empty) {
    const metadata = `{"resourceVersion":"${empty.resourceVersion ?? '1'}"}`;
    sendText(answer.response, {
      code: 200,
      text: `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${metadata},"items":[]}\n`,
    });
    return true;
  }
  if (faults.take('truncatedBody', info)) {
    truncate(answer.response, answer.text());
    return true;
  }
  const huge = faults.take('hugeObject', info);
  if (!huge) return false;
  const object = hugeObject(info, huge);
  sendText(answer.response, {
    code: 200,
    text: answer
      .text()
      .replace(
        /"items":\[(.?)/,
        (_, next: string) =>
          `"items":[${object}${next === ']' ? ']' : `,${next}`}`,
      ),
  });
  return true;
}

function truncate(response: ServerResponse, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
  });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
    response.destroy(),
  );
}
