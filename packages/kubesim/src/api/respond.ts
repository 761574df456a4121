// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'yaml';
import {
  ApiError,
  badRequest,
  unsupportedMediaType,
} from '../storage/ApiError';
import { isRecord, type JsonRecord } from '../storage/json';
import { decodeObject } from './protobuf/decodeObject';

const MAX_BODY_BYTES = 3 * 1024 * 1024;
const MAX_YAML_ALIASES = 100;
const READABLE = /^$|json|yaml|\*\/\*/;
const ACCEPTED =
  'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** What to answer with; `type` is JSON unless given. */
export type TextAnswer = {
  readonly code: number;
  readonly text: string;
  readonly type?: string;
};

/** Answers with text that is already written. */
export function sendText(
  response: ServerResponse,
  { code, text, type = 'application/json' }: TextAnswer,
): void {
  const body = Buffer.from(text);
  response.writeHead(code, {
    'Content-Type': type,
    'Content-Length': body.length,
    'Cache-Control': 'no-cache, private',
  });
  response.end(body);
}

/** Answers with a value as JSON. */
export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
): void {
  sendText(response, { code, text: JSON.stringify(body) });
}

/** Answers with the Status body of a failure; anything that is no ApiError is an internal error. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure =
    error instanceof ApiError
      ? error
      : new ApiError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${String(error)}`,
        });
  const retryAfter = failure.details?.retryAfterSeconds;
  if (retryAfter !== undefined)
    response.setHeader('Retry-After', String(retryAfter));
  if (failure.plain)
    sendText(response, {
      code: failure.code,
      text: `${failure.message}\n`,
      type: 'text/plain; charset=utf-8',
    });
  else sendJson(response, failure.code, failure.toStatus());
}

/** Reads a body whole, as text. @throws ApiError 413 beyond the bound */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8');
}

/** Reads a body whole. @throws ApiError 413 beyond the bound */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      const message = `Request entity too large: limit is ${MAX_BODY_BYTES}`;
      throw new ApiError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message,
      });
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** Reads an object of any form that clients send: JSON, YAML or protobuf. @throws ApiError 400, 415 */
export async function readObject(
  request: IncomingMessage,
): Promise<JsonRecord> {
  const type = request.headers['content-type'] ?? '';
  return objectOf(await readBytes(request), type);
}

/** The object in a body of the given content type. @throws ApiError 400, 415 */
export function objectOf(body: Buffer, contentType: string): JsonRecord {
  if (contentType.includes('protobuf')) return decodeObject(body);
  if (!READABLE.test(contentType)) throw unsupportedMediaType(ACCEPTED);
  return parseObject(body.toString('utf8'), contentType);
}

/** Reads a JSON or YAML object. @throws ApiError 400 */
export function parseObject(text: string, contentType = ''): JsonRecord {
  let value: unknown;
  try {
    value = contentType.includes('yaml')
      ? parse(text, { maxAliasCount: MAX_YAML_ALIASES })
      : JSON.parse(text);
  } catch {
    throw badRequest(
      'the object provided is unrecognized: the body is not valid JSON or YAML',
    );
  }
  if (!isRecord(value))
    throw badRequest(
      'the object provided is unrecognized: the body is no object',
    );
  return value;
}
