// SPDX-License-Identifier: Apache-2.0
type Resolved =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const REMEDY =
  'Name a file or folder beside this file or below it, such as "./postgres/16.4.0".';

/**
 * The path, inside the source, that a reference in a file means.
 *
 * @param from - Path of the file that refers.
 * @param reference - Relative to the folder of that file.
 */
export function resolveReference(from: string, reference: string): Resolved {
  const refuse = (why: string): Resolved => ({
    ok: false,
    message: `The path "${reference.slice(0, 80)}" ${why}.`,
    remedy: REMEDY,
  });
  // eslint-disable-next-line no-control-regex
  if (/[\\\u0000-\u001f]/.test(reference)) {
    return refuse('has a backslash or a control character');
  }
  if (/^(\/|~|[a-zA-Z][a-zA-Z0-9+.-]*:)/.test(reference)) {
    return refuse('is not relative');
  }
  const steps = reference
    .split('/')
    .filter(step => step !== '' && step !== '.');
  if (steps.some(step => step.startsWith('..'))) {
    return refuse('leaves the folder of its file');
  }
  const folder = from.split('/').slice(0, -1);
  return { ok: true, path: [...folder, ...steps].join('/') };
}
