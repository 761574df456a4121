// SPDX-License-Identifier: Apache-2.0

const quote = 0x22;
const backslash = 0x5c;

function endOfString(json: Buffer, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === backslash) i++;
    else if (json[i] === quote) return i;
  }
  throw new Error('A string does not end.');
}

/** Index of the byte that ends the value which begins at `start`: a comma or a closing brace of the level above. */
function endOfValue(json: Buffer, start: number): number {
  let depth = 0;
  for (let i = start; i < json.length; i++) {
    const char = String.fromCharCode(json[i]!);
    if (char === '"') i = endOfString(json, i);
    else if ('{['.includes(char)) depth++;
    else if (depth === 0 && ',}]'.includes(char)) return i;
    else if ('}]'.includes(char)) depth--;
  }
  throw new Error('A value does not end.');
}

/** The bytes of each member of a JSON object, not looked into. @throws Error when the text is no object. */
export function topLevelMembers(json: Buffer): ReadonlyMap<string, Buffer> {
  const members = new Map<string, Buffer>();
  let at = json.indexOf('{') + 1;
  if (at === 0) throw new Error('The text is no JSON object.');
  for (;;) {
    const keyStart = json.indexOf(quote, at);
    if (keyStart < 0) return members;
    const keyEnd = endOfString(json, keyStart);
    const valueStart = json.indexOf(':', keyEnd) + 1;
    if (valueStart === 0) throw new Error('A member has no value.');
    const valueEnd = endOfValue(json, valueStart);
    members.set(
      json.toString('utf8', keyStart + 1, keyEnd),
      json.subarray(valueStart, valueEnd),
    );
    at = valueEnd + 1;
  }
}
