// SPDX-License-Identifier: Apache-2.0
import { Composer, type Document } from 'yaml';
import { DEFINITION_LIMITS } from '../definitionLimits';
import { lexWithin } from './lexWithin';
import type { Budget, SayAt } from './NodeReader';
import { ReadError } from './ReadError';
import { textPositions } from './textPositions';
import { toJson } from './toJson';
import type { YamlDocument, YamlProblem, YamlText } from './YamlDocument';

/** What to do about the mistakes that people make, by the parser’s code. */
const REMEDIES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent it like its neighbours, with spaces.',
  BLOCK_AS_IMPLICIT_KEY:
    'Put what comes after the colon in quotes, or on a line of its own.',
  MULTILINE_IMPLICIT_KEY: 'Is a colon missing at the end of the line?',
  MISSING_CHAR:
    'Is a colon, quote or bracket missing on the line before, or is this line not as deep as its neighbours?',
  TAG_RESOLVE_FAILED: 'Leave the tag ("!…") out.',
};

/**
 * Reads the YAML documents of a text into plain JSON values. Refuses what other parsers accept in silence: keys written twice, keys
 * that are no text, keys that every object has, anchors that contain themselves, and aliases that multiply.
 */
export function readYaml(text: string): YamlText {
  const at = textPositions(text);
  const problems: YamlProblem[] = [];
  const documents: YamlDocument[] = [];
  const say: SayAt = (offset, problem) =>
    problems.push({ ...at(offset), ...problem });
  try {
    refuseLongText(text);
    const budget: Budget = { nodes: 0, aliased: 0 };
    for (const document of compose(text)) {
      sayErrors(document, say);
      // What stands behind a mistake in the syntax means something else.
      if (document.errors.length > 0) continue;
      const read = toJson(document, budget, say);
      documents.push({
        value: read.value,
        positionOf: path => at(read.offsetOf(path)),
        keyPositionOf: path => at(read.keyOffsetOf(path)),
      });
    }
  } catch (error) {
    const refusal = toReadError(error);
    say(refusal.offset, { rule: refusal.rule, ...refusal.words });
    return { documents: [], problems };
  }
  return { documents, problems };
}

function refuseLongText(text: string): void {
  const { fileCharacters } = DEFINITION_LIMITS;
  if (text.length <= fileCharacters) return;
  throw new ReadError('too-large', 0, {
    message: `The file has ${text.length} characters; ${fileCharacters} are allowed.`,
    remedy: 'Split it into several files.',
  });
}

function compose(text: string): Iterable<Document.Parsed> {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Found by ourselves: the parser compares each key with every other.
    uniqueKeys: false,
    prettyErrors: false,
  });
  return composer.compose(lexWithin(text));
}

function sayErrors(document: Document.Parsed, say: SayAt): void {
  for (const error of [...document.errors, ...document.warnings]) {
    say(error.pos[0], {
      rule: 'yaml',
      message: `This is not valid YAML: ${error.message.split('\n')[0]}.`,
      remedy: REMEDIES[error.code] ?? 'Correct the YAML.',
    });
  }
}

/** Deep recursion is the one failure of the parser that the limits do not foresee. */
function toReadError(error: unknown): ReadError {
  if (error instanceof ReadError) return error;
  if (!(error instanceof RangeError)) throw error;
  return new ReadError('too-deep', 0, {
    message: 'Values are nested too deeply.',
    remedy: 'Flatten it.',
  });
}
