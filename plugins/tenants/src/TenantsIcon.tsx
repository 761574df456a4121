// SPDX-License-Identifier: Apache-2.0
import { RiLayoutGridLine } from '@remixicon/react';

/** The plugin's icon in navigation and headers. @public */
export function TenantsIcon() {
  return <RiLayoutGridLine aria-hidden />;
}
