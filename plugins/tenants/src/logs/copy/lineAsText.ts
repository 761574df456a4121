// SPDX-License-Identifier: Apache-2.0
import { dateTime } from '../../formatting/clockTime';
import type { LogLine } from '../LogRow';
import { plainText } from '../logText';

/** A line as it is seen, with its time and pod. */
export function lineAsText(line: LogLine): string {
  return `${timeText(line)} ${line.source.pod} ${plainText(line.text)}`;
}

function timeText(line: LogLine): string {
  if (Number.isNaN(line.at)) return '';
  return new Date(line.at).toISOString();
}

/** Lines for an issue or a chat: a code block under what they are and where they are from. */
export function linesAsMarkdown(
  lines: readonly LogLine[],
  link: string,
): string {
  const [first] = lines;
  if (!first) return '';
  const { pod, container, environment, cluster } = first.source;
  const when = Number.isNaN(first.at) ? '' : `, ${dateTime(first.at)} UTC`;
  const texts = lines.map(line => plainText(line.text));
  // A fence must be longer than any in what it holds.
  const longest = Math.max(
    2,
    ...(texts
      .join('\n')
      .match(/`+/g)
      ?.map(run => run.length) ?? []),
  );
  const fence = '`'.repeat(longest + 1);
  return [
    `[${pod} · ${container}, ${environment} on ${cluster}${when}](${link})`,
    '',
    fence,
    ...texts,
    fence,
    '',
  ].join('\n');
}

/** A line as one JSON object. */
export function lineAsJson(line: LogLine): string {
  const { source, text, level } = line;
  const { cluster, environment, namespace, pod, container } = source;
  return JSON.stringify({
    time: timeText(line),
    cluster,
    environment,
    namespace,
    pod,
    container,
    level,
    text: plainText(text),
  });
}
