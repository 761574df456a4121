// SPDX-License-Identifier: Apache-2.0
import { isUnreachable, KubeError } from './KubeError';

const failing = (reason: string, status?: number) =>
  new KubeError('It failed.', {
    cluster: 'eu',
    resource: 'pods',
    reason,
    status,
  });

describe('whether a cluster gave no answer', () => {
  it.each(['Unreachable', 'Timeout', 'TlsRefused', 'ProxyFailed'])(
    'is so with %s',
    reason => expect(isUnreachable(failing(reason))).toBe(true),
  );

  it.each(['CredentialRefused', 'InvalidName', 'InvalidRequest'])(
    'is not so with %s, which another try does not change',
    reason => expect(isUnreachable(failing(reason))).toBe(false),
  );

  it('is not so with an answer', () => {
    expect(isUnreachable(failing('InternalError', 500))).toBe(false);
    expect(isUnreachable(new Error('another one'))).toBe(false);
  });
});
