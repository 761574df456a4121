// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';

/** Largest file that is put together in the browser. */
export const MAX_DOWNLOAD_BYTES = 512 * 1024 * 1024;

/** What is put into a file. */
export type DownloadSource = {
  readonly fileName: string;
  readonly body: ReadableStream<Uint8Array>;
};

/** How a download goes. */
export type DownloadState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly bytes: number }
  | { readonly state: 'done'; readonly bytes: number }
  | { readonly state: 'failed' | 'tooLarge' };

/** A download with progress that can be given up. */
export type Download = {
  readonly status: DownloadState;
  readonly start: (
    open: (signal: AbortSignal) => Promise<DownloadSource>,
  ) => void;
  readonly cancel: () => void;
};

function save(parts: BlobPart[], fileName: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

async function collect(
  source: DownloadSource,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<DownloadState> {
  const reader = source.body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop);
  const parts: BlobPart[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (signal.aborted) return { state: 'none' };
    if (done) break;
    bytes += value.length;
    if (bytes > MAX_DOWNLOAD_BYTES) {
      stop();
      return { state: 'tooLarge' };
    }
    // A copy: the stream may use its memory again.
    parts.push(value.slice());
    onBytes(bytes);
  }
  save(parts, source.fileName);
  return { state: 'done', bytes };
}

/** Puts a log into a file. */
export function useDownload(): Download {
  const [status, setStatus] = useState<DownloadState>({ state: 'none' });
  const running = useRef<AbortController>();
  const cancel = useCallback(() => {
    running.current?.abort();
    setStatus({ state: 'none' });
  }, []);
  const start = useCallback(
    (open: (signal: AbortSignal) => Promise<DownloadSource>) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      const tell = (next: DownloadState) => {
        if (!signal.aborted) setStatus(next);
      };
      tell({ state: 'running', bytes: 0 });
      open(signal)
        .then(source =>
          collect(source, signal, bytes => tell({ state: 'running', bytes })),
        )
        .then(tell, () => tell({ state: 'failed' }));
    },
    [],
  );
  useEffect(() => () => running.current?.abort(), []);
  return { status, start, cancel };
}

/** Texts as the body of a download, made as it is read. */
export function textBody(texts: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines: string[] = [];
      for (let n = 0; n < 2_000; n++) {
        const next = texts.next();
        if (next.done) break;
        lines.push(`${next.value}\n`);
      }
      if (lines.length === 0) controller.close();
      else controller.enqueue(encoder.encode(lines.join('')));
    },
  });
}
