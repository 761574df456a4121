// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { classes } from '../styles';
import type { LogLine } from '../LogRow';
import { jsonSummary, type JsonPart } from './jsonSummary';
import { LineText } from './LineText';

function Part(props: { readonly line: LogLine; readonly part: JsonPart }) {
  const { line, part } = props;
  const { text, rules } = part;
  const note = { row: 0, rules };
  return <LineText line={{ ...line, text, note }} />;
}

/** A JSON line in one row: what it says, then its other fields. Hits in what is left out are looked for in `data-raw`. */
export function JsonText({ line }: { readonly line: LogLine }) {
  const { text, note, at, level } = line;
  const summary = useMemo(
    () =>
      jsonSummary(
        { text, rules: note?.rules },
        { time: !Number.isNaN(at), level: level !== undefined },
      ),
    [text, note, at, level],
  );
  if (!summary) {
    return (
      <span data-text>
        <LineText line={line} />
      </span>
    );
  }
  const { message, fields, more } = summary;
  return (
    <span data-text data-raw={text}>
      {message && <Part line={line} part={message} />}
      {fields.map((part, index) => (
        <span key={part.name} className={classes.jsonField}>
          {index > 0 || message ? ' ' : ''}
          {part.name}=<Part line={line} part={part} />
        </span>
      ))}
      {more > 0 && <span className={classes.jsonField}> +{more}</span>}
    </span>
  );
}
