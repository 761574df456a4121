// SPDX-License-Identifier: Apache-2.0

/** Characters by which a text would act on who shows it: C0 and C1 controls but for tab and newline, and those that turn the direction of writing. */
const ACTIVE =
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]';
/** Colours are kept: an escape of which a terminal takes nothing but how letters look. */
const ESCAPE = '\\u001b\\[[0-9;:]*m';
const ACTIVE_OR_COLOUR = new RegExp(`${ESCAPE}|${ACTIVE}`, 'g');
const ANY_ACTIVE = new RegExp(ACTIVE);

/** A text that does nothing in a terminal but show itself: what would act stands as its code. */
export function neutralText(text: string): string {
  if (!ANY_ACTIVE.test(text)) return text;
  return text.replace(ACTIVE_OR_COLOUR, found =>
    found.length > 1 ? found : `<U+${hex(found)}>`,
  );
}

/** The same JSON, with such characters escaped: `JSON.stringify` leaves some as they are. */
export function neutralJson(json: string): string {
  if (!ANY_ACTIVE.test(json)) return json;
  return json.replace(ACTIVE_OR_COLOUR, found => `\\u${hex(found)}`);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
