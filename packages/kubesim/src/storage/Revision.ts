// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from './Objects';

/** One state of one object. Its JSON is written at most once, however many lists and watches send it. */
export class Revision {
  private text: string | undefined;

  constructor(readonly object: KubeObject, readonly version: number) {}

  /** Full JSON, beginning with kind and apiVersion. */
  get json(): string {
    this.text ??= JSON.stringify(this.object);
    return this.text;
  }

  /** JSON as an item of a typed list: without kind and apiVersion, as the API server writes it. */
  get itemJson(): string {
    const { kind, apiVersion } = this.object;
    return `{${this.json.slice(
      `{"kind":"${kind}","apiVersion":"${apiVersion}",`.length,
    )}`;
  }
}
