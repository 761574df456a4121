// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { useText } from '../useText';

/** Values of parameters, as JSON. */
export type ParameterValues = { readonly [name: string]: unknown };

/** Props of {@link ParameterForm}. */
export type ParameterFormProps = {
  /** JSON Schema of the parameters, checked when the definition was read. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: ParameterValues;
  /** Left out, nothing can be changed. */
  readonly onChange?: (values: ParameterValues) => void;
};

// The form library and its validator weigh more than the rest of the page.
const SchemaForm = lazy(() =>
  import('./SchemaForm').then(module => ({ default: module.SchemaForm })),
);

/** The parameters of a release as a form made from their schema. */
export function ParameterForm(props: ParameterFormProps) {
  const t = useText();
  return (
    <Suspense
      fallback={
        <div role="status" aria-label={t('problem.loading')}>
          <Skeleton height={160} />
        </div>
      }
    >
      <SchemaForm {...props} />
    </Suspense>
  );
}
