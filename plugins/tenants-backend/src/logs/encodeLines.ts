// SPDX-License-Identifier: Apache-2.0
import type { LogLineFacts } from '@tenantry/backstage-plugin-tenants-common';
import type { LogLine } from './LogLine';

/** The text of a batch and what is known of its lines, as the wire has them: nothing is said of lines there is nothing to say of. */
export function encodeLines(
  lines: readonly LogLine[],
): LogLineFacts & { readonly text: string } {
  const texts: string[] = [];
  const json: number[] = [];
  const indexes: number[] = [];
  const cut: { line: number; bytes: number }[] = [];
  const masks: { line: number; at: number; rule: string }[] = [];
  let levels = '';
  let hasLevel = false;
  let hasIndex = false;
  lines.forEach((line, at) => {
    texts.push(line.text);
    levels += line.level;
    indexes.push(line.index);
    hasLevel ||= line.level !== '-';
    hasIndex ||= line.index > 0;
    if (line.isJson) json.push(at);
    if (line.cutBytes > 0) cut.push({ line: at, bytes: line.cutBytes });
    for (const mask of line.masks) masks.push({ line: at, ...mask });
  });
  return {
    text: texts.join('\n'),
    ...(hasLevel ? { levels } : {}),
    ...(json.length > 0 ? { json } : {}),
    ...(hasIndex ? { indexes } : {}),
    ...(cut.length > 0 ? { cut } : {}),
    ...(masks.length > 0 ? { masks } : {}),
  };
}
