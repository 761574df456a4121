// SPDX-License-Identifier: Apache-2.0
import { compatWrapper } from '@backstage/core-compat-api';
import { lazy, Suspense, type ComponentType, type ReactElement } from 'react';

/** A form field that is loaded when a template uses it, and works in an app of the old system. */
export function lazyField<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => ReactElement {
  const Field = lazy(async () => {
    const Loaded = await load();
    return { default: ({ props }: { props: P }) => <Loaded {...props} /> };
  });
  return props =>
    compatWrapper(
      <Suspense fallback={<></>}>
        <Field props={props} />
      </Suspense>,
    );
}
