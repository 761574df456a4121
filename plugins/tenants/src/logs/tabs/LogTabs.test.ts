// SPDX-License-Identifier: Apache-2.0
import { FakeEnvironment } from '../../testing/FakeEnvironment';
import { FakeTabChannel } from '../../testing/FakeTabChannel';
import { ASK_MS, LogTabs } from './LogTabs';

function setUp() {
  const env = new FakeEnvironment();
  const open = FakeTabChannel.hub();
  const tab = (self: string) => new LogTabs({ channel: open(), env, self });
  return { env, open, tab };
}

const never = new AbortController().signal;

describe('LogTabs', () => {
  it('has the tab give its log away that has followed longest', async () => {
    const { env, tab } = setUp();
    const given: string[] = [];
    tab('a').hold(() => given.push('a'));
    env.pass(1_000);
    tab('b').hold(() => given.push('b'));
    const taken = tab('c').takeOver(never);
    env.pass(ASK_MS);
    expect(await taken).toBe(true);
    expect(given).toEqual(['a']);
  });

  it('takes nothing where no other tab follows', async () => {
    const { env, tab } = setUp();
    tab('a').hold(() => {
      throw new Error('It had stopped following.');
    })();
    const taken = tab('b').takeOver(never);
    env.pass(ASK_MS);
    expect(await taken).toBe(false);
  });

  it('gives up when the page is left', async () => {
    const { tab } = setUp();
    const left = new AbortController();
    const taken = tab('a').takeOver(left.signal);
    left.abort();
    expect(await taken).toBe(false);
  });

  it('does nothing at words it does not know', () => {
    const { open, tab } = setUp();
    let given = false;
    tab('a').hold(() => {
      given = true;
    });
    open().postMessage({ type: 'give', to: 'a' });
    open().postMessage('give');
    expect(given).toBe(false);
  });
});
