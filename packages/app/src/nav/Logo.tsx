// SPDX-License-Identifier: Apache-2.0
import { Link, useSidebarOpenState } from '@backstage/core-components';

/** The portal's name; its first letter while the sidebar is closed. */
export function Logo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      aria-label="Tenantry, home"
      style={{
        color: '#fff',
        display: 'block',
        fontSize: 22,
        fontWeight: 600,
        padding: '20px 24px',
      }}
    >
      {isOpen ? 'Tenantry' : 'T'}
    </Link>
  );
}
