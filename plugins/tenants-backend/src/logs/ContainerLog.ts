// SPDX-License-Identifier: Apache-2.0
import type { LogQuery } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { LineSplitter } from './LineSplitter';
import { lineTime } from './lineTime';
import { maskLine } from './maskLine';
import type { LogContainer } from './selectLogContainers';

/** What is read of each container. */
export type LogRange = Pick<
  LogQuery,
  'follow' | 'previous' | 'tailLines' | 'sinceTime'
>;

type ContainerLogOptions = {
  readonly kubeApi: KubeApi;
  readonly container: LogContainer;
  readonly range: LogRange;
  /** Lines up to this time, as `lineTime` writes it, have been shown already. */
  readonly after: string | undefined;
  /** Lines after `after` and before `to` may be missing. Only asked of a log that is opened again. */
  readonly onGap: (to: string) => Promise<void>;
  readonly onMasked: (count: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Whole, masked lines of one container’s log, in batches as they come.
 *
 * @throws KubeError
 */
export async function* readContainerLog(
  options: ContainerLogOptions,
): AsyncGenerator<string[], void, void> {
  const { kubeApi, container, range, after, signal } = options;
  const splitter = new LineSplitter();
  const chunks = kubeApi.readLog({
    namespace: container.namespace,
    pod: container.pod,
    container: container.container,
    follow: range.follow && !range.previous,
    previous: range.previous,
    tailLines: range.tailLines,
    // Whole seconds at the kubelet, so lines of that second come again and are left out below.
    sinceTime: after ? `${after.slice(0, 19)}Z` : range.sinceTime,
    signal,
  });
  let isFirst = after !== undefined;
  for await (const chunk of chunks) {
    const lines = splitter.push(chunk);
    if (isFirst && lines.length > 0) {
      isFirst = false;
      await tellGap(lines[0], options);
    }
    yield prepare(lines, options);
  }
  yield prepare(splitter.end(), options);
}

/** What was shown last comes again first, unless the log was rotated or cut off by the limit of lines. */
async function tellGap(
  firstLine: string,
  { after, onGap }: ContainerLogOptions,
): Promise<void> {
  const time = lineTime(firstLine);
  if (after !== undefined && time !== undefined && time > after) {
    await onGap(time);
  }
}

function prepare(
  lines: string[],
  { after, onMasked }: ContainerLogOptions,
): string[] {
  return lines
    .filter(line => after === undefined || (lineTime(line) ?? after) > after)
    .map(line => {
      const { text, masked } = maskLine(line);
      if (masked > 0) onMasked(masked);
      return text;
    });
}
