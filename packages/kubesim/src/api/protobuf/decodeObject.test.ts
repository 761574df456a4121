// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../../storage/ApiError';
import { decodeObject } from './decodeObject';

function varint(value: number): number[] {
  return value < 128
    ? [value]
    : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}
function field(at: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from([...varint(at * 8 + 2), ...varint(bytes.length)]),
    bytes,
  ]);
}
function number(at: number, value: number): Buffer {
  return Buffer.from([...varint(at * 8), ...varint(value)]);
}
function envelope(apiVersion: string, kind: string, ...parts: Buffer[]) {
  const type = Buffer.concat([field(1, apiVersion), field(2, kind)]);
  return Buffer.concat([
    Buffer.from('k8s\0'),
    field(1, type),
    field(2, Buffer.concat(parts)),
  ]);
}

describe('decodeObject', () => {
  it('reads members, maps and bytes by the names JSON gives them', () => {
    const entry = (key: string, value: string) =>
      Buffer.concat([field(1, key), field(2, value)]);
    const secret = envelope(
      'v1',
      'Secret',
      field(1, Buffer.concat([field(1, 's'), field(8, '')])),
      field(2, entry('a', 'x')),
      field(2, entry('b', 'y')),
      field(3, 'Opaque'),
    );
    expect(decodeObject(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a: 'eA==', b: 'eQ==' },
      type: 'Opaque',
    });
  });

  it('keeps a zero that was said and leaves out one that Go only holds', () => {
    const spec = (bytes: Buffer) =>
      envelope('apps/v1', 'Deployment', field(2, bytes));
    expect(
      decodeObject(spec(Buffer.concat([number(1, 0), number(7, 0)]))).spec,
    ).toEqual({ replicas: 0 });
  });

  it('puts inlined members where JSON has them, and reads numbers that may be texts', () => {
    const http = Buffer.concat([field(1, '/ready'), field(2, number(2, 8080))]);
    const probe = Buffer.concat([field(1, field(2, http)), number(2, 5)]);
    const container = Buffer.concat([field(1, 'main'), field(11, probe)]);
    const pod = envelope('v1', 'Pod', field(2, field(2, container)));
    expect(decodeObject(pod).spec).toEqual({
      containers: [
        {
          name: 'main',
          readinessProbe: {
            httpGet: { path: '/ready', port: 8080 },
            initialDelaySeconds: 5,
          },
        },
      ],
    });
  });

  it('reads delete options of any version', () => {
    const options = envelope(
      'apps/v1',
      'DeleteOptions',
      number(1, 0),
      field(4, 'Foreground'),
    );
    expect(decodeObject(options)).toMatchObject({
      gracePeriodSeconds: 0,
      propagationPolicy: 'Foreground',
    });
  });

  it('refuses what is broken, and kinds it has no message for', () => {
    const status = (body: Buffer) => {
      try {
        decodeObject(body);
      } catch (error) {
        return error instanceof ApiError ? error.code : error;
      }
      return undefined;
    };
    expect(status(Buffer.from('{}'))).toBe(400);
    expect(status(envelope('v1', 'Secret', Buffer.from([10, 200])))).toBe(400);
    expect(status(envelope('example.com/v1', 'Widget'))).toBe(415);
  });
});
