// SPDX-License-Identifier: Apache-2.0
/** What definitions may be at most. Beyond it they are refused, before much work is done. @public */
export const DEFINITION_LIMITS = {
  /** Characters of one file. */
  fileCharacters: 1024 * 1024,
  /** Characters of all files together. */
  totalCharacters: 8 * 1024 * 1024,
  files: 1_000,
  /** YAML documents in one file. */
  documents: 200,
  /** Lexical tokens of one file. */
  tokens: 300_000,
  /** Uses of anchors in one file. */
  aliases: 1_000,
  /** Values in one file, with what aliases repeat. */
  nodes: 50_000,
  /** Of those, values that aliases repeat. */
  aliasedNodes: 5_000,
  /** Mappings and lists inside each other. */
  depth: 50,
  /** Problems that are told; more are cut off. */
  problems: 200,
  modules: 500,
  releases: 50,
  /** Characters of a `when` condition. */
  condition: 1_000,
  /** Characters of a `pattern` in a parameter schema. */
  pattern: 200,
} as const;
