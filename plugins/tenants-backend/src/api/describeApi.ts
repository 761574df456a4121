// SPDX-License-Identifier: Apache-2.0
import {
  allowedActionsSchema,
  auditPageSchema,
  auditQuerySchema,
  categoryListSchema,
  END_REASONS,
  logDownloadLineSchema,
  logEventSchema,
  logQuerySchema,
  memberPageSchema,
  memberQuerySchema,
  operationEventListSchema,
  operationEventQuerySchema,
  operationListSchema,
  operationQuerySchema,
  operationRequestSchema,
  operationSchema,
  moduleDetailSchema,
  moduleInstanceListSchema,
  moduleListSchema,
  planRequestSchema,
  planSchema,
  objectQuerySchema,
  platformStatusSchema,
  refusalSchema,
  revisionListSchema,
  routeTable,
  secretInputSchema,
  secretListSchema,
  secretStatusSchema,
  streamMessageSchema,
  streamRequestSchema,
  tenantListQuerySchema,
  tenantListSchema,
  tenantNetworkSchema,
  tenantObjectSchema,
  tenantSchema,
  tenantUsageSchema,
  tierListSchema,
  type RouteName,
  type RouteRule,
} from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';

const healthSchema = z.object({ status: z.literal('ok') });

/** What a route takes and answers. */
type RouteShape = {
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** `application/json` when left out. */
  readonly contentType?: 'application/x-ndjson' | 'text/plain';
  /** Other types of which it may answer one, as its query asks. */
  readonly otherAnswers?: Readonly<Record<string, z.ZodType>>;
  /** Whether it has an ETag, and answers 304 to who names it in If-None-Match. */
  readonly hasETag?: true;
};

/** The schemas of every route. The tests hold the routes to them. */
export const routeShapes: Readonly<Record<RouteName, RouteShape>> = {
  health: { answer: healthSchema },
  listTenants: {
    query: tenantListQuerySchema,
    answer: tenantListSchema,
    hasETag: true,
  },
  getTenant: { answer: tenantSchema, hasETag: true },
  getAllowedActions: { answer: allowedActionsSchema },
  getLogs: {
    query: logQuerySchema,
    answer: z.union([
      streamMessageSchema.describe(
        'One message a line; events carry a LogEvent.',
      ),
      logDownloadLineSchema.describe(
        'With `format=ndjson`: one line of the logs a line.',
      ),
    ]),
    contentType: 'application/x-ndjson',
    otherAnswers: {
      'text/plain': z
        .string()
        .describe(
          'With `format=text`: lines as `[pod/container] time text`; a line that begins with # says what could not be read.',
        ),
    },
  },
  getUsage: { answer: tenantUsageSchema },
  getObject: { query: objectQuerySchema, answer: tenantObjectSchema },
  getNetwork: { answer: tenantNetworkSchema },
  listMembers: { query: memberQuerySchema, answer: memberPageSchema },
  startOperation: { body: operationRequestSchema, answer: operationSchema },
  listTenantOperations: {
    query: operationQuerySchema,
    answer: operationListSchema,
  },
  listRevisions: { answer: revisionListSchema },
  listOperations: { query: operationQuerySchema, answer: operationListSchema },
  getOperation: { answer: operationSchema },
  listOperationEvents: {
    query: operationEventQuerySchema,
    answer: operationEventListSchema,
  },
  cancelOperation: { answer: operationSchema },
  retryOperation: { answer: operationSchema },
  listAuditEvents: { query: auditQuerySchema, answer: auditPageSchema },
  getPlatform: { answer: platformStatusSchema },
  getMetrics: {
    answer: z.string().describe('The Prometheus text format, version 0.0.4.'),
    contentType: 'text/plain',
  },
  getOpenApi: { answer: z.looseObject({ openapi: z.string() }) },
  listModules: { answer: moduleListSchema, hasETag: true },
  getModule: { answer: moduleDetailSchema, hasETag: true },
  listModuleInstances: { answer: moduleInstanceListSchema, hasETag: true },
  listTiers: { answer: tierListSchema, hasETag: true },
  listCategories: { answer: categoryListSchema, hasETag: true },
  makePlan: { body: planRequestSchema, answer: planSchema },
  listSecrets: { answer: secretListSchema },
  setSecret: { body: secretInputSchema, answer: secretStatusSchema },
  openStream: {
    body: streamRequestSchema,
    answer: streamMessageSchema.describe(
      `One message a line. A subscription ends with one of: ${END_REASONS.join(
        ', ',
      )}.`,
    ),
    contentType: 'application/x-ndjson',
  },
};

type Json = Record<string, unknown>;

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
  },
};

/** The same with what stands against a plan. */
const refusedSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message', 'refusals'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
        refusals: { type: 'array', items: toJsonSchema(refusalSchema) },
      },
    },
  },
};

/** Routes that put an operation into the queue. */
const STARTING: ReadonlySet<RouteName> = new Set([
  'startOperation',
  'retryOperation',
]);

/** Headers of the answers that have a version. */
const readHeaders: Json = {
  ETag: {
    description: 'Hash of the content, the same on every replica.',
    schema: { type: 'string' },
  },
  'X-Tenantry-Observed-At': {
    description: 'When the data is known to be of; absent when never.',
    schema: { type: 'string', format: 'date-time' },
  },
};

/** Describes the API as OpenAPI 3.1, from the schemas and the route table. */
export function describeApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(routeShapes).filter(isRouteName)) {
    const rule: RouteRule = routeTable[name];
    const path = rule.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [rule.method.toLowerCase()]: describeRoute(name, rule),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenantry',
      version,
      description:
        'Tenants of the platform’s clusters: what runs, how it is, and why.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/tenants' }],
    paths,
    components: {
      schemas: {
        Error: errorSchema,
        PlanRefusedError: refusedSchema,
        LogEvent: toJsonSchema(logEventSchema),
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routeTable, name);
}

function describeRoute(name: RouteName, rule: RouteRule): Json {
  const { query, body, hasETag } = routeShapes[name];
  const ok = {
    description: rule.purpose,
    ...(hasETag ? { headers: readHeaders } : {}),
    content: contentOf(routeShapes[name]),
  };
  return {
    operationId: name,
    summary: rule.purpose,
    ...(rule.permission
      ? { description: `Needs the permission ${rule.permission.name}.` }
      : {}),
    security: rule.callers.length > 0 ? [{ token: [] }] : [],
    parameters: [...pathParameters(rule.path), ...queryParameters(query)],
    ...(body ? { requestBody: jsonBody(body) } : {}),
    responses: {
      200: ok,
      ...(hasETag
        ? { 304: { description: 'What If-None-Match names is current.' } }
        : {}),
      ...errorAnswers(rule),
      ...operationAnswers(name),
    },
  };
}

function contentOf({ answer, contentType, otherAnswers }: RouteShape): Json {
  const answers = {
    [contentType ?? 'application/json']: answer,
    ...otherAnswers,
  };
  return Object.fromEntries(
    Object.entries(answers).map(([type, schema]) => [
      type,
      { schema: toJsonSchema(schema) },
    ]),
  );
}

/** Of what is not a label. */
const PATH_LENGTHS: Readonly<Record<string, number>> = {
  tenant: 40,
  name: 253,
};

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: PATH_LENGTHS[name] ?? 63 },
  }));
}

function queryParameters(query: z.ZodObject | undefined): Json[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    // Several values of one parameter are separated by commas.
    style: 'form',
    explode: false,
    schema: toJsonSchema(schema),
  }));
}

function jsonBody(body: z.ZodType): Json {
  return {
    required: true,
    content: { 'application/json': { schema: toJsonSchema(body) } },
  };
}

function errorAnswers({ callers, scope, method }: RouteRule): Json {
  if (callers.length === 0) return {};
  const content = {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
  };
  return {
    400: { description: 'The request is not understood.', content },
    401: { description: 'No valid token.', content },
    403: { description: 'The caller may not do this.', content },
    ...(scope === 'one' || scope === 'request'
      ? {
          404: {
            description: 'No such tenant, or the caller may not see it.',
            content,
          },
        }
      : {}),
    429: {
      description: 'Too many requests or streams. Try again later.',
      content,
    },
    ...(method === 'POST'
      ? { 413: { description: 'The body is larger than 1 MiB.', content } }
      : {}),
  };
}

/** What starting and stopping operations answers beside. */
function operationAnswers(name: RouteName): Json {
  const refers = (schema: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
  });
  const conflict = {
    description:
      'Not in this state; or another plan would be made now, or the idempotency key came with another request.',
    content: refers('Error'),
  };
  if (name === 'cancelOperation') return { 409: conflict };
  if (!STARTING.has(name)) return {};
  return {
    409: conflict,
    422: {
      description: 'It cannot be done; the refusals say why.',
      content: refers('PlanRefusedError'),
    },
    503: {
      description: 'Nothing can be started now.',
      content: refers('Error'),
    },
  };
}

function toJsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    // A flag is written as text and read as a boolean; only the text can be described.
    io: schemaSide(schema),
    unrepresentable: 'any',
  });
  return rest;
}

/** Parameters and bodies are described as they are sent. */
function schemaSide(schema: z.ZodType): 'input' | 'output' {
  return schema instanceof z.ZodObject ? 'output' : 'input';
}
