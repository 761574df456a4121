// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { z } from 'zod';
import { classes } from '../styles';
import type { LogLine } from '../LogRow';
import { LineText } from './LineText';

/** Fields drawn at the most; the line itself has all. */
const MAX_FIELDS = 60;

const objectSchema = z.record(z.string(), z.unknown());

/** The fields of a JSON line; none when it is not one. */
export function jsonFields(text: string): (readonly [string, string])[] {
  try {
    const fields = objectSchema.safeParse(JSON.parse(text)).data ?? {};
    return Object.entries(fields)
      .slice(0, MAX_FIELDS)
      .map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
  } catch {
    return [];
  }
}

/** The fields of a JSON line as a grid. */
export function JsonFields({ line }: { readonly line: LogLine }) {
  const { text } = line;
  const fields = useMemo(() => jsonFields(text), [text]);
  return (
    <dl className={classes.fields}>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <LineText line={{ ...line, text: value, note: undefined }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
