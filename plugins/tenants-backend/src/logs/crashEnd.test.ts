// SPDX-License-Identifier: Apache-2.0
import { FakeClock } from '../time/testing/FakeClock';
import { DownloadOutput } from './DownloadOutput';
import { explainEnd } from './explainFailure';
import { LogWriter } from './LogWriter';
import { selectLogContainers } from './selectLogContainers';
import { tenantOfPods } from './testing/tenantOfPods';

const [running] = selectLogContainers(tenantOfPods(['web-1']), {
  previous: false,
});

async function downloaded(exit?: { reason: string; code: number }) {
  let text = '';
  const sink = {
    write: (more: string) => {
      text += more;
      return true;
    },
    close: () => {},
    abort: () => {},
  };
  const clock = new FakeClock();
  const writer = new LogWriter(sink, { clock, framing: 'plain' });
  const shape = { format: 'text', timestamps: true, prefix: true } as const;
  const output = new DownloadOutput(writer, shape);
  const end = explainEnd({ ...running, exit });
  await output.event({ type: 'sourceEnded', source: 1, ...end });
  return text;
}

describe('the end of a log', () => {
  it('names reason and exit code of a container that has ended', () => {
    const exit = { reason: 'OOMKilled', code: 137 };
    expect(explainEnd({ ...running, exit })).toEqual({
      reason: 'Ended',
      message:
        'The log of container main in pod web-1 has ended, as the container has: OOMKilled, exit code 137.',
      exit,
    });
    expect(explainEnd(running)).not.toHaveProperty('exit');
  });

  it('is the last line of a download when the container crashed', async () => {
    expect(await downloaded({ reason: 'OOMKilled', code: 137 })).toMatch(
      /^# .*OOMKilled, exit code 137\.\n$/,
    );
    expect(await downloaded({ reason: 'Completed', code: 0 })).toBe('');
    expect(await downloaded()).toBe('');
  });
});
