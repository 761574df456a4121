// SPDX-License-Identifier: Apache-2.0
import type {
  LogEvent,
  LogSource,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LevelLetter } from './detectLevel';
import { ENDED } from './explainFailure';
import type { LogLine } from './LogLine';
import type { LogGap, LogOutput } from './LogOutput';
import type { LogWriter } from './LogWriter';
import type { MergedLines } from './MergedLines';
import { neutralJson, neutralText } from './neutralText';

type Shape = {
  readonly format: 'text' | 'ndjson';
  /** Of text: whether each line begins with its time. */
  readonly timestamps: boolean;
  /** Of text: whether each line says its pod and container. */
  readonly prefix: boolean;
};

/** Text units written at a time. */
const MAX_PIECE_LENGTH = 128 * 1024;
const LEVELS: Readonly<Record<LevelLetter, string | undefined>> = {
  e: 'error',
  w: 'warn',
  i: 'info',
  d: 'debug',
  '-': undefined,
};

/** Writes lines as a file. What is missing from it, it says in lines of its own. */
export class DownloadOutput implements LogOutput {
  private readonly sources = new Map<number, LogSource>();

  constructor(
    private readonly writer: LogWriter,
    private readonly shape: Shape,
  ) {}

  async event(event: LogEvent): Promise<void> {
    if (event.type === 'source') {
      this.sources.set(event.source.id, event.source);
    } else if (event.type === 'sourceEnded') {
      // That a log was read to its end is nothing to tell of, but for one of a container that crashed.
      const isNews = event.reason !== ENDED || Boolean(event.exit?.code);
      if (isNews) await this.note(event.message);
    } else if (event.type === 'leftOut') {
      const { pods, total } = event;
      await this.note(
        `${total} pods were left out: ${pods.join(', ')}${
          total > pods.length ? ', …' : ''
        }.`,
      );
    }
  }

  gap({ from, to, reason }: LogGap): Promise<void> {
    return this.note(`Between ${from} and ${to}: ${reason}`);
  }

  async lines({ lines, sources }: MergedLines): Promise<void> {
    let text = '';
    let count = 0;
    for (const [at, line] of lines.entries()) {
      text += this.format(line, this.sources.get(sources[at]));
      count += 1;
      if (text.length < MAX_PIECE_LENGTH) continue;
      await this.writer.text(text, count);
      text = '';
      count = 0;
    }
    if (count > 0) await this.writer.text(text, count);
  }

  private note(note: string): Promise<void> {
    const isText = this.shape.format === 'text';
    return this.writer.text(
      isText ? `# ${note}\n` : `${JSON.stringify({ note })}\n`,
      1,
    );
  }

  private format(line: LogLine, source: LogSource | undefined): string {
    const { format, timestamps, prefix } = this.shape;
    const space = line.time === '' ? -1 : line.text.indexOf(' ');
    const message = line.text.slice(space + 1);
    if (format === 'text') {
      const who =
        prefix && source ? `[${source.pod}/${source.container}] ` : '';
      return `${who}${neutralText(timestamps ? line.text : message)}\n`;
    }
    const { environment, module, pod, container } = source ?? {};
    const json = JSON.stringify({
      time: space > 0 ? line.text.slice(0, space) : undefined,
      environment,
      module,
      pod,
      container,
      level: LEVELS[line.level],
      message,
      ...(line.cutBytes > 0 ? { cutBytes: line.cutBytes } : {}),
    });
    return `${neutralJson(json)}\n`;
  }
}
