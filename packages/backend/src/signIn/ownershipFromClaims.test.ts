// SPDX-License-Identifier: Apache-2.0
import { ownershipFromClaims } from './ownershipFromClaims';

describe('ownershipFromClaims', () => {
  it('takes the user and the groups as entity references, each once', () => {
    expect(
      ownershipFromClaims({
        preferred_username: 'ann.b',
        groups: ['shop', 'platform-team', 'shop'],
      }),
    ).toEqual({
      user: 'user:default/ann.b',
      refs: [
        'user:default/ann.b',
        'group:default/shop',
        'group:default/platform-team',
      ],
    });
  });

  it('leaves out groups that could be taken for something else', () => {
    const groups = ['a/b', 'user:default/x', 'Shop', '', 7, null, '../x', 'ok'];
    expect(
      ownershipFromClaims({ preferred_username: 'ann', groups }).refs,
    ).toEqual(['user:default/ann', 'group:default/ok']);
  });

  it.each([undefined, '', 'Ann', 'a/b', 'ann@example.com', 'x'.repeat(64)])(
    'refuses the user %j',
    name => {
      expect(() => ownershipFromClaims({ preferred_username: name })).toThrow(
        'preferred_username',
      );
    },
  );
});
