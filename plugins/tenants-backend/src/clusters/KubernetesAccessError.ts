// SPDX-License-Identifier: Apache-2.0

/** Why no clusters are to be had. The message is a sentence for people, on what failed and what would fix it. */
export class KubernetesAccessError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubernetesAccessError';
  }
}
