// SPDX-License-Identifier: Apache-2.0
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

/** Counts how many answers that hold whole states this process sends at once, per kind. */
export class OpenLists {
  private readonly open = new Map<string, number>();
  private most = 0;

  constructor() {
    subscribe('http.server.request.start', message => {
      this.begin(message as Exchange);
    });
  }

  /** The most of one kind at once since the last time it was asked. */
  takeMost(): number {
    const { most } = this;
    this.most = 0;
    return most;
  }

  private begin({ request, response }: Exchange): void {
    const url = new URL(request.url ?? '', 'http://cluster');
    const whole =
      !url.searchParams.has('watch') ||
      url.searchParams.get('sendInitialEvents') === 'true';
    if (!whole || !/\/[a-z]+$/.test(url.pathname)) return;
    const now = (this.open.get(url.pathname) ?? 0) + 1;
    this.open.set(url.pathname, now);
    this.most = Math.max(this.most, now);
    response.once('close', () => {
      this.open.set(url.pathname, (this.open.get(url.pathname) ?? 1) - 1);
    });
  }
}
