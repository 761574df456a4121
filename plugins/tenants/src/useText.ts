// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { tenantsTranslationRef } from './translation';

/** Gives the texts of the pages in the user's language. */
export function useText() {
  return useTranslationRef(tenantsTranslationRef).t;
}

/** The function that {@link useText} gives. */
export type Translate = ReturnType<typeof useText>;
