// SPDX-License-Identifier: Apache-2.0
/** Why the rest of a text is not read. Never leaves `readYaml`. */
export class ReadError extends Error {
  constructor(
    readonly rule: string,
    readonly offset: number,
    readonly words: { readonly message: string; readonly remedy: string },
  ) {
    super(words.message);
  }
}
