// SPDX-License-Identifier: Apache-2.0
import type { RouteName } from '@tenantry/backstage-plugin-tenants-common';
import type { RequestHandler } from 'express';
import { createInstruments } from './createInstruments';
import type { WorkerCounters } from '../operations/engine/OperationWorker';
import { recordOperations, type MeasuredOperations } from './recordOperations';
import { recordState, type MeasuredState } from './recordState';

/** Routes whose answers may stay open: how long they last says nothing about how fast they are. */
const OPEN_ENDED: ReadonlySet<RouteName> = new Set(['openStream', 'getLogs']);

/** What the plugin counts and measures, in the Prometheus text format. */
export class Metrics {
  /** For what is counted where it happens. */
  readonly instruments = createInstruments();

  constructor(private readonly state: MeasuredState & MeasuredOperations) {}

  /** For the worker of this process. */
  readonly operationCounters: WorkerCounters = {
    ended: (type, how, seconds) =>
      this.instruments.operationSeconds.observe({ type, how }, seconds),
  };

  get contentType(): string {
    return this.instruments.registry.contentType;
  }

  /** Everything as it is now. */
  async render(): Promise<string> {
    recordState(this.instruments, this.state);
    await recordOperations(this.instruments, this.state);
    return this.instruments.registry.metrics();
  }

  /** Counts and times the answers of a route. */
  meterRoute(route: RouteName, handle: RequestHandler): RequestHandler {
    const { requests, requestSeconds } = this.instruments;
    return (req, res, next) => {
      const stopTimer = requestSeconds.startTimer({ route });
      res.once('close', () => {
        requests.inc({
          route,
          status: `${Math.floor(res.statusCode / 100)}xx`,
        });
        if (!OPEN_ENDED.has(route)) stopTimer();
      });
      return handle(req, res, next);
    };
  }
}
