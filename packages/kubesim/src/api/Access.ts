// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { denied, type Attributes } from '../access/Attributes';
import type { Authenticator } from '../access/Authenticator';
import type { Authorizer } from '../access/Authorizer';
import type { Caller } from '../access/Caller';
import { impersonate } from '../access/impersonate';

type Ports = {
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer;
};

/** Who calls, and whether they may. */
export class Access {
  constructor(readonly ports: Ports) {}

  /** Who the request is from, or whom it is to be treated as from. @throws ApiError 401, 403, 500 */
  identify(request: IncomingMessage): Caller {
    const caller = this.ports.authenticator.identify(request);
    return impersonate(request, caller, attributes =>
      this.check(caller, attributes),
    );
  }

  allows(caller: Caller, attributes: Attributes): boolean {
    return this.ports.authorizer.decide(caller, attributes).allowed;
  }

  /** @throws ApiError 403 */
  check(caller: Caller, attributes: Attributes): void {
    const { allowed, reason } = this.ports.authorizer.decide(
      caller,
      attributes,
    );
    if (!allowed) throw denied(caller.user, attributes, reason);
  }
}
