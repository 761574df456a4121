// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../../testing/logFixture';
import type { LogLine } from '../LogRow';
import { lineAsJson, lineAsText, linesAsMarkdown } from './lineAsText';

const line: LogLine = {
  kind: 'line',
  at: Date.parse('2026-11-21T14:31:48.590Z'),
  source: logSourceFixture(1),
  text: '\u001b[31mERROR\u001b[0m ```broken```',
  level: 'error',
  flags: 0,
};

describe('a line that is copied', () => {
  it('is text as it is seen, with its time and pod', () => {
    expect(lineAsText(line)).toBe(
      '2026-11-21T14:31:48.590Z airflow-worker-1 ERROR ```broken```',
    );
  });

  it('cannot leave its code block in Markdown', () => {
    const text = linesAsMarkdown([line], 'https://portal/x');
    expect(text).toContain('](https://portal/x)');
    expect(text).toContain('````\nERROR ```broken```\n````');
  });

  it('is one JSON object', () => {
    expect(JSON.parse(lineAsJson(line))).toMatchObject({
      pod: 'airflow-worker-1',
      level: 'error',
      text: 'ERROR ```broken```',
    });
  });
});
