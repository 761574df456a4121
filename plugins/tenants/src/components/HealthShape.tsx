// SPDX-License-Identifier: Apache-2.0
import type { HealthCode } from '@tenantry/backstage-plugin-tenants-common';
import type { ReactElement } from 'react';
import { classes } from '../styles';

// Six silhouettes that are told apart in grey and at 12 px.
const shapes: Record<HealthCode, ReactElement> = {
  Degraded: (
    <>
      <path
        d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"
        fill="currentColor"
        stroke="none"
      />
      <path
        d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"
        stroke="var(--bui-bg-neutral-1)"
        strokeWidth={1.7}
      />
    </>
  ),
  Unknown: (
    <>
      <path d="M8 1.6 14.4 8 8 14.4 1.6 8z" />
      <path d="M6.7 6.5A1.4 1.4 0 1 1 8 8.2v.6M8 10.7v.01" />
    </>
  ),
  Missing: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="2.6 2.1" />
      <path d="M5.5 8h5" />
    </>
  ),
  Progressing: (
    <>
      <path d="M14 8a6 6 0 1 1-3.2-5.3" />
      <path d="m11.5.8-.5 2.2 2.2.6" strokeWidth={1.4} />
    </>
  ),
  Suspended: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.4 5.8v4.4M9.6 5.8v4.4" />
    </>
  ),
  Healthy: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.3 8.2 1.9 1.9 3.6-3.9" />
    </>
  ),
};

/** The shape of a health code, for use beside its word. */
export function HealthShape(props: {
  readonly code: HealthCode;
  readonly size?: number;
}) {
  const { code, size = 16 } = props;
  return (
    <svg
      className={classes.mark}
      data-health={code}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[code]}
    </svg>
  );
}
