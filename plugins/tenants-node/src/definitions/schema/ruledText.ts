// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

type TextRule = {
  /** Name of the rule, as told with a problem. */
  readonly rule: string;
  /** What the text must be, after “is not”: `a semantic version`. */
  readonly what: string;
  /** Editors check it; enough by itself unless there is a test. */
  readonly pattern?: RegExp;
  readonly test?: (text: string) => boolean;
  readonly max: number;
  readonly remedy: (text: string) => string;
};

/** Text that keeps a rule, with the rule’s own words for problems and its pattern for editors. */
export function ruledText(rule: TextRule) {
  const { pattern, max, what } = rule;
  const test = rule.test ?? (text => pattern?.test(text) ?? true);
  return z
    .string()
    .max(max)
    .superRefine((text, context) => {
      if (text.length <= max && test(text)) return;
      const params = { rule: rule.rule, remedy: rule.remedy(text) };
      const shown = JSON.stringify(text.slice(0, 80));
      context.addIssue({
        code: 'custom',
        message: `is ${shown}, which is not ${what}`,
        params,
      });
    })
    .meta({
      description: what,
      ...(pattern ? { pattern: pattern.source } : {}),
    });
}
