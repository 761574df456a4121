// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { hashText } from '../snapshots/contentVersion';

/** What a request costs: most are answered from memory, some make a cluster work. */
export type RequestCost = 'cheap' | 'expensive';

/** Requests per minute and caller, by what they cost. */
export type RequestBudget = Readonly<Record<RequestCost, number>>;

/** A refusal that is answered with 429. */
export class TooManyRequestsError extends Error {
  readonly statusCode = 429;
  override readonly name = 'TooManyRequestsError';

  constructor(budget: number, readonly retryAfterSeconds: number) {
    super(
      `You made more than ${budget} requests of this sort in a minute. Try again in ${retryAfterSeconds} s.`,
    );
  }
}

const MINUTE_S = 60;

/**
 * How often each caller may ask. Cheap requests are counted by this process alone, so that no read waits for the database;
 * expensive ones by all processes together where they share a PostgreSQL, and by this one while it is away.
 */
export class RequestLimits {
  private readonly limiters: Readonly<Record<RequestCost, RateLimiterAbstract>>;

  /** @param database - Counts expensive requests there when it is a PostgreSQL. */
  constructor(private readonly budget: RequestBudget, database?: Knex) {
    this.limiters = {
      cheap: inMemory(budget.cheap),
      expensive:
        database?.client.config.client === 'pg'
          ? inPostgres(budget.expensive, database)
          : inMemory(budget.expensive),
    };
  }

  /** Counts a request. @throws TooManyRequestsError when the caller made too many */
  async take(callerId: string, cost: RequestCost): Promise<void> {
    try {
      await this.limiters[cost].consume(hashText(callerId));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new TooManyRequestsError(this.budget[cost], seconds);
    }
  }
}

function inMemory(points: number): RateLimiterMemory {
  // Each limiter counts by itself, so keys need no prefix; it would cost memory per caller.
  return new RateLimiterMemory({ points, duration: MINUTE_S, keyPrefix: '' });
}

function inPostgres(points: number, knex: Knex): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: knex,
    storeType: 'knex',
    tableName: 'request_limits',
    tableCreated: true,
    keyPrefix: 'expensive',
    points,
    duration: MINUTE_S,
    // Who has used the minute up is refused without asking the database.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: inMemory(points),
  });
}
