// SPDX-License-Identifier: Apache-2.0
import type { AuditorService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { AuditOutcome } from '@tenantry/backstage-plugin-tenants-common';
import type { Request } from 'express';
import { AUDIT_LIMITS, type AuditStore } from './AuditStore';

/** What somebody did or saw. */
export type AuditedAct = {
  /** Left out for what concerns no single tenant: then only the portal’s auditor is told. */
  readonly tenant?: string;
  readonly actor: string;
  /** Such as `logs.read`. */
  readonly action: string;
  readonly outcome: AuditOutcome;
  /** What it was done to. Never secrets. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  readonly request: Request;
};

type AuditLogOptions = {
  readonly store: Pick<AuditStore, 'append'>;
  readonly auditor: AuditorService;
  readonly onFailure: (tenant: string, error: unknown) => void;
};

/** Records who did and saw what: in the tenant’s own audit and with the portal’s auditor. */
export class AuditLog {
  constructor(private readonly options: AuditLogOptions) {}

  /** Records an act that must not happen unrecorded. @throws when it could not be recorded */
  async require(act: AuditedAct): Promise<void> {
    const { tenant, actor, action, outcome, detail } = act;
    const event = await this.options.auditor.createEvent({
      eventId: action.replaceAll('.', '-'),
      severityLevel: 'medium',
      request: act.request,
      meta: { actor, outcome, ...detail, ...(tenant && { tenant }) },
    });
    try {
      if (tenant !== undefined) {
        await this.options.store.append({
          tenant,
          actor,
          action,
          outcome,
          detail: shorten(detail),
        });
      }
    } catch (error) {
      await event.fail({ error: new Error(stringifyError(error)) });
      throw error;
    }
    await event.success();
  }

  /** Records an act that goes on when the database is away: someone reads logs because something is on fire. */
  async record(act: AuditedAct): Promise<void> {
    try {
      await this.require(act);
    } catch (error) {
      this.options.onFailure(act.tenant ?? '', error);
    }
  }
}

function shorten(
  detail: AuditedAct['detail'],
): Record<string, string | number | boolean> {
  if (JSON.stringify(detail).length <= AUDIT_LIMITS.detailBytes) return detail;
  return { shortened: true };
}
