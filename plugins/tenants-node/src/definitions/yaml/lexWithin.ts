// SPDX-License-Identifier: Apache-2.0
import { Lexer, Parser, type CST } from 'yaml';
import { DEFINITION_LIMITS } from '../definitionLimits';
import { ReadError } from './ReadError';

/**
 * Splits a text into its syntax, and stops as soon as it turns out too large or too deep: the parser’s own work grows with both.
 *
 * @throws ReadError
 */
export function lexWithin(text: string): CST.Token[] {
  refuseManyDocuments(text);
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let aliases = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > DEFINITION_LIMITS.tokens) {
      throw tooLarge(`more than ${DEFINITION_LIMITS.tokens} tokens`);
    }
    if (lexeme.startsWith('*')) aliases += 1;
    if (aliases > DEFINITION_LIMITS.aliases)
      throw tooManyAliases(parser.offset);
    for (const token of parser.next(lexeme)) tokens.push(token);
    // Below the content stands its document.
    if (parser.stack.length > DEFINITION_LIMITS.depth + 1) {
      throw new ReadError('too-deep', parser.offset, {
        message: `Values are nested deeper than ${DEFINITION_LIMITS.depth} levels.`,
        remedy: 'Flatten it.',
      });
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function refuseManyDocuments(text: string): void {
  const { documents } = DEFINITION_LIMITS;
  let count = 1;
  let at = text.indexOf('\n---');
  while (at >= 0) {
    count += 1;
    if (count > documents + 1) {
      throw new ReadError('too-many-documents', at + 1, {
        message: `The file has more than ${documents} YAML documents.`,
        remedy: 'Split it into several files.',
      });
    }
    at = text.indexOf('\n---', at + 4);
  }
}

function tooLarge(what: string): ReadError {
  return new ReadError('too-large', 0, {
    message: `The file has ${what}.`,
    remedy: 'Split it into several files.',
  });
}

function tooManyAliases(offset: number): ReadError {
  return new ReadError('alias-bomb', offset, {
    message: `Anchors are used more than ${DEFINITION_LIMITS.aliases} times.`,
    remedy: 'Write less with aliases.',
  });
}
