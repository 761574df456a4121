// SPDX-License-Identifier: Apache-2.0
import {
  useTranslationRef,
  type TranslationFunction,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { tenantsTranslationRef } from './translation';

type Messages = typeof tenantsTranslationRef extends TranslationRef<
  string,
  infer M
>
  ? M
  : never;

/** The function that {@link useText} gives. */
export type Translate = TranslationFunction<Messages>;

/** Gives the texts of the pages in the user's language. */
export function useText(): Translate {
  return useTranslationRef(tenantsTranslationRef).t;
}
