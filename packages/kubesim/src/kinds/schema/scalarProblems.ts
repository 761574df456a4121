// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../../storage/ApiError';
import { invalidValue } from './causes';
import { hasFormat } from './formats';
import type { Schema } from './Schema';

/** The JSON type of a value, as messages name it. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** What is wrong with a text. Lengths are counted in code points. */
export function textProblems(
  schema: Schema,
  text: string,
  path: string,
): StatusCause[] {
  const problems: StatusCause[] = [];
  const { length } = [...text];
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema;
  if (length > maxLength)
    problems.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${maxLength} bytes`,
      field: path,
    });
  if (length < minLength)
    problems.push(
      invalidValue(path, text, `should be at least ${minLength} chars long`),
    );
  if (pattern !== undefined && !matches(pattern, text))
    problems.push(invalidValue(path, text, `should match '${pattern}'`));
  if (format !== undefined && !hasFormat(format, text))
    problems.push(
      invalidValue(
        path,
        text,
        `must be of type ${format}: ${JSON.stringify(text)}`,
      ),
    );
  return problems;
}

/** A pattern JavaScript cannot read is not checked. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

const INT32 = 2 ** 31;

/** What is wrong with a number. */
export function numberProblems(
  schema: Schema,
  value: number,
  path: string,
): StatusCause[] {
  const rules: string[] = [];
  const { minimum, maximum, multipleOf, format } = schema;
  const tooSmall = schema.exclusiveMinimum
    ? value <= Number(minimum)
    : value < Number(minimum);
  if (minimum !== undefined && tooSmall)
    rules.push(
      `should be greater than ${
        schema.exclusiveMinimum ? '' : 'or equal to '
      }${minimum}`,
    );
  const tooLarge = schema.exclusiveMaximum
    ? value >= Number(maximum)
    : value > Number(maximum);
  if (maximum !== undefined && tooLarge)
    rules.push(
      `should be less than ${
        schema.exclusiveMaximum ? '' : 'or equal to '
      }${maximum}`,
    );
  if (multipleOf !== undefined && value % multipleOf !== 0)
    rules.push(`should be a multiple of ${multipleOf}`);
  if (format === 'int32' && Math.abs(value) > INT32)
    rules.push(`must be of type int32: ${value}`);
  return rules.map(rule => invalidValue(path, value, rule));
}
