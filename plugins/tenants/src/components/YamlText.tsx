// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'yaml';

/** A value as YAML. Load it lazily: the library is of use on few pages. */
export function YamlText({ value }: { readonly value: unknown }) {
  return <>{stringify(value)}</>;
}
