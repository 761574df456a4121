// SPDX-License-Identifier: Apache-2.0
export interface Config {
  /**
   * Set by the demo only: who can be signed in without a password.
   */
  demo?: {
    /**
     * @deepVisibility frontend
     */
    personas: Array<{
      /** Name of the User entity in the namespace `default`. */
      name: string;
      /** How the persona is called on the page. */
      title: string;
      /** What the persona shows, in one line. */
      about: string;
    }>;
  };
}
