// SPDX-License-Identifier: Apache-2.0
/**
 * How a call is given up, and as whom it looks.
 *
 * @public
 */
export type TenantsCallOptions = {
  readonly signal?: AbortSignal;
  /** Entity reference of the user to look as, for this call only. Left out, what the client was made with counts. */
  readonly viewAs?: string;
};
