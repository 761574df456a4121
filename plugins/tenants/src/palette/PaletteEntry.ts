// SPDX-License-Identifier: Apache-2.0
import type { HealthCode } from '@tenantry/backstage-plugin-tenants-common';
import type { Action } from '../operations/Action';
import type { TimeFormat } from '../times/TimeFormat';

/** Where the palette shows an entry. */
export const PALETTE_SECTIONS = ['attention', 'goTo', 'do'] as const;

/** One of {@link PALETTE_SECTIONS}. */
export type PaletteSection = (typeof PALETTE_SECTIONS)[number];

/** Something the palette leads to: an address, the preview of an action, or a taste of the reader. No tenant is ever changed from here. */
export type PaletteEntry = {
  readonly id: string;
  readonly section: PaletteSection;
  readonly name: string;
  readonly detail?: string;
  /** What it is, in one word. */
  readonly kind: string;
  readonly health?: HealthCode;
  /** Other words it is found by. */
  readonly keywords?: readonly string[];
} & (
  | { readonly href: string }
  | { readonly tenant: string; readonly action: Action }
  | { readonly times: TimeFormat }
);
