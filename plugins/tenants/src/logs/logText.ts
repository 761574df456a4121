// SPDX-License-Identifier: Apache-2.0
import Anser from 'anser';

/** A stretch of a line in one style. `control` is a character that must not act but be seen. */
export type LogSegment = {
  readonly text: string;
  readonly styles: readonly LogStyle[];
  readonly control?: boolean;
};

/** Styles a line may ask for. */
export type LogStyle =
  | 'bold'
  | 'dim'
  | 'italic'
  | 'underline'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'grey';

/** Stands for a sequence that would have moved the cursor, made a link or the like. */
export const ESCAPE_MARK = '␛';

// eslint-disable-next-line no-control-regex
const OSC = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// eslint-disable-next-line no-control-regex
const OTHER_ESCAPE = /\u001b(?:\[[0-9;?]*[A-LN-Za-ln-z]|[^[\]])/g;
// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g;
const CONTROL =
  // eslint-disable-next-line no-control-regex
  /([\u0000-\u0008\u000b-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

const COLOURS = new Map<string, LogStyle>([
  ['ansi-red', 'red'],
  ['ansi-green', 'green'],
  ['ansi-yellow', 'yellow'],
  ['ansi-blue', 'blue'],
  ['ansi-magenta', 'magenta'],
  ['ansi-cyan', 'cyan'],
  ['ansi-black', 'grey'],
  ['ansi-white', 'grey'],
]);
const DECORATIONS: readonly LogStyle[] = ['bold', 'dim', 'italic', 'underline'];

function withoutActions(raw: string): string {
  return raw.replace(OSC, ESCAPE_MARK).replace(OTHER_ESCAPE, ESCAPE_MARK);
}

/** What a reader sees of a line, without styles: for search and for copying. */
export function plainText(raw: string): string {
  if (!raw.includes('\u001b')) return raw;
  return withoutActions(raw).replace(COLOUR, '');
}

function stylesOf(part: Anser.AnserJsonEntry): LogStyle[] {
  const colour = COLOURS.get((part.fg ?? '').replace('bright-', ''));
  const decorations = DECORATIONS.filter(style =>
    part.decorations.some(decoration => decoration === style),
  );
  return colour ? [colour, ...decorations] : decorations;
}

function splitControls(
  text: string,
  styles: readonly LogStyle[],
): LogSegment[] {
  return text
    .split(CONTROL)
    .filter(part => part !== '')
    .map(part =>
      CONTROL.test(part)
        ? { text: codePoint(part), styles, control: true }
        : { text: part, styles },
    );
}

function codePoint(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return `U+${code.padStart(4, '0')}`;
}

/** Takes a line apart into styled text. Nothing of it is ever markup; characters that act on the text around them become visible. */
export function parseLogText(raw: string): LogSegment[] {
  if (!raw.includes('\u001b')) return splitControls(raw, []);
  return Anser.ansiToJson(withoutActions(raw), {
    json: true,
    remove_empty: true,
    use_classes: true,
  }).flatMap(part => splitControls(part.content, stylesOf(part)));
}
