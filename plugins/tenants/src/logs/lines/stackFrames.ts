// SPDX-License-Identifier: Apache-2.0

/** Lines of a stack that are looked through for frames. */
export const MAX_STACK_LINES = 300;

const FRAMES: readonly RegExp[] = [
  // Python: file and function
  /^\s+File "([^"]+)", line \d+, in (\S+)/,
  // Java, JavaScript
  /^\s+at (?:async )?([\w$.<>/]+)(?:\s|\()/,
  // Go
  /^([\w./-]+\.\(?\*?\w+\)?(?:\.\w+)*)\(/,
  // Ruby, PHP
  /^\s+(?:from|#\d+) (\S+?):\d+/,
];
/** Frames that tell nothing of whose fault it was. */
const FOREIGN =
  /^(?:java|javax|jdk|sun|kotlin|node:|internal\/|runtime\.|testing\.|reflect\.|<anonymous>)|\/lib\/python\d/;

function shortName(file: string, name?: string): string {
  if (name === undefined) return file.split('/').slice(-1)[0];
  const module = file
    .replace(/\.py$/, '')
    .replace(/^.*(?:site-packages|dist-packages)\//, '')
    .split('/')
    .slice(-3)
    .filter(part => part !== '')
    .join('.');
  return name === '<module>' ? module : `${module}.${name}`;
}

function frameOf(line: string): string | undefined {
  for (const pattern of FRAMES) {
    const match = pattern.exec(line);
    if (match)
      return FOREIGN.test(match[1]) ? undefined : shortName(match[1], match[2]);
  }
  return undefined;
}

/** The two frames of a stack that tell most: the first and the last that are not of the runtime. Pure. */
export function tellingFrames(lines: readonly string[]): string[] {
  const frames = lines.map(frameOf).filter(frame => frame !== undefined);
  if (frames.length < 2) return frames;
  return [frames[0], frames[frames.length - 1]];
}
