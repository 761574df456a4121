// SPDX-License-Identifier: Apache-2.0
import { RiLayoutGridLine } from '@remixicon/react';

/** The plugin's icon in navigation and headers. */
export function TenantsIcon() {
  return <RiLayoutGridLine aria-hidden />;
}
