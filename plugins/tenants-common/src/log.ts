// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { logCursorSchema, logPositionSchema } from './logPosition';
import { LOG_SEARCH_LIMITS } from './logSearch';

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(v => v === 'true');
const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'is not the name of an object')
  .max(253);
const optionalFlag = z
  .enum(['true', 'false'])
  .transform(v => v === 'true')
  .optional();
const wholeNumber = (least: number, most: number) =>
  z.coerce.number().int().min(least).max(most);

/** Named limits of log reading. @public */
export const LOG_LIMITS = {
  /** Pods that are merged into one answer. */
  pods: 20,
  /** Containers of those pods. */
  sources: 40,
  lineBytes: 16 * 1024,
  /** Of a line that is asked for by itself. */
  wholeLineBytes: 1024 * 1024,
  tailLines: 500,
  maxTailLines: 10_000,
  maxContextLines: 1_000,
  /** Default of `tenants.logs.bytesPerSecond`. */
  bytesPerSecond: 1024 * 1024,
  /** Between two `progress` or `counts` events. */
  progressMs: 1_000,
} as const;

/** Levels that are told apart; `none` for a line that names none. @public */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'none'] as const;

/** One of {@link LOG_LEVELS}, as it was recognised in the text of a line. @public */
export type LogLevelName = (typeof LOG_LEVELS)[number];

/** Several values of one parameter are separated by commas. */
const levels = z
  .string()
  .max(60)
  .transform(text => text.split(','))
  .pipe(z.array(z.enum(LOG_LEVELS)).max(LOG_LEVELS.length));
const cursors = z
  .string()
  .max(12_000)
  .transform(text => text.split(',').filter(part => part !== ''))
  .pipe(z.array(logCursorSchema).max(LOG_LIMITS.sources));

/**
 * Query of `GET /v1/tenants/:tenant/logs`.
 *
 * @public
 */
export const logQuerySchema = z.strictObject({
  environment: name.optional(),
  module: name.optional(),
  workload: name.optional(),
  pod: name.optional(),
  container: name.optional(),
  containers: z
    .enum(['main', 'all'])
    .optional()
    .describe('`all`: init and ephemeral containers too.'),
  partial: optionalFlag.describe(
    'More pods than are merged: read the first ones and say which were left out.',
  ),
  follow: flag,
  previous: flag,
  tailLines: z
    .union([z.literal('all'), wholeNumber(1, LOG_LIMITS.maxTailLines)])
    .optional()
    .describe(
      `Lines of each container to begin with; ${LOG_LIMITS.tailLines} when left out, all for downloads and counts.`,
    ),
  sinceTime: z.iso.datetime().optional(),
  sinceSeconds: wholeNumber(1, 366 * 86_400).optional(),
  untilTime: z.iso.datetime().optional(),
  q: z
    .string()
    .max(LOG_SEARCH_LIMITS.characters)
    .optional()
    .describe('Only lines that match, see the documentation of the search.'),
  levels: levels.optional().describe('Only lines of these levels.'),
  after: cursors.optional().describe('Cursors to go on from.'),
  around: logPositionSchema.optional().describe('Lines around a position.'),
  linesBefore: wholeNumber(0, LOG_LIMITS.maxContextLines).optional(),
  linesAfter: wholeNumber(0, LOG_LIMITS.maxContextLines).optional(),
  scope: z
    .enum(['container', 'all'])
    .optional()
    .describe('Of which containers the lines around a position are.'),
  line: logPositionSchema
    .optional()
    .describe('One line, whole; with `format` only.'),
  counts: wholeNumber(1, 86_400)
    .optional()
    .describe('Width in seconds of the buckets that lines are counted in.'),
  content: z.enum(['lines', 'counts']).optional(),
  mixed: optionalFlag.describe(
    'Batches may hold lines of several containers, see `runs`.',
  ),
  unmasked: optionalFlag,
  format: z.enum(['text', 'ndjson']).optional().describe('A download.'),
  timestamps: optionalFlag.describe('Of a download as text.'),
  prefix: optionalFlag.describe('Of a download as text: pod and container.'),
});

/** What logs are asked for, as the backend sees it: flags as booleans, lists split at commas, defaults filled in. @public */
export type LogQuery = z.infer<typeof logQuerySchema>;

/** The exit code of a container and Kubernetes’ reason for its end. @public */
export const logExitSchema = z.object({
  reason: z.string().describe('Kubernetes’ word; empty when it gives none.'),
  code: z.number().int(),
});

/** How a container ended. @public */
export type LogExit = z.infer<typeof logExitSchema>;

/** A container whose log is part of an answer; the other events of that answer name it by `id`. @public */
export const logSourceSchema = z.object({
  id: z.number().int(),
  cluster: z.string(),
  environment: z.string(),
  namespace: z.string(),
  module: z.string(),
  pod: z.string(),
  container: z.string(),
  key: z
    .string()
    .optional()
    .describe('The same for one container of one pod in every answer.'),
  role: z.enum(['main', 'init', 'sidecar', 'ephemeral']).optional(),
  joined: z.boolean().optional().describe('It came while following.'),
  resumed: z
    .literal('exact')
    .optional()
    .describe('Read on behind what was read before, nothing lost.'),
  runBefore: logExitSchema
    .optional()
    .describe(
      'It was started again: how the run ended whose end was told before.',
    ),
});

/**
 * One container whose log is read.
 *
 * @public
 */
export type LogSource = z.infer<typeof logSourceSchema>;

const lineNumber = z.number().int().describe('Within the batch, from 0.');

/**
 * Facts about the lines of a batch, kept beside the text so that the text stays as it was written; absent ones hold for no line.
 *
 * @public
 */
export const logLineFactsSchema = z.object({
  levels: z
    .string()
    .optional()
    .describe(
      'One letter a line: e(rror), w(arn), i(nfo), d(ebug) or -. Absent: no line names one.',
    ),
  json: z
    .array(lineNumber)
    .optional()
    .describe('Lines that are one JSON object.'),
  indexes: z
    .array(z.number().int())
    .optional()
    .describe(
      'Of each line: how many of its container had the same time before it. Absent: none had.',
    ),
  cut: z
    .array(z.object({ line: lineNumber, bytes: z.number().int() }))
    .optional()
    .describe('Lines that were too long, with their whole size.'),
  masks: z
    .array(
      z.object({ line: lineNumber, at: z.number().int(), rule: z.string() }),
    )
    .optional()
    .describe(
      'Where `[masked]` stands, in UTF-16 units of the line with its time, and by which rule.',
    ),
});

/** What is known of the lines of a batch. @public */
export type LogLineFacts = z.infer<typeof logLineFactsSchema>;

/** One line of an NDJSON download: a line of a log, or a note on what could not be read or how a log ended. @public */
export const logDownloadLineSchema = z.union([
  z.strictObject({
    time: z.string().optional(),
    environment: z.string().optional(),
    module: z.string().optional(),
    pod: z.string().optional(),
    container: z.string().optional(),
    level: z.enum(['error', 'warn', 'info', 'debug']).optional(),
    message: z.string(),
    cutBytes: z
      .number()
      .int()
      .optional()
      .describe('Its whole size, when it was too long.'),
  }),
  z.strictObject({
    note: z.string().describe('What could not be read, or how a log ended.'),
  }),
]);

/** One line of a download with `format=ndjson`. @public */
export type LogDownloadLine = z.infer<typeof logDownloadLineSchema>;

const sourceId = z.number().int().describe('`id` of a source.');
const cursorById = z.record(z.string(), z.string());
const wireText = z
  .string()
  .describe('Whole lines, each `<RFC 3339 time> <text>`, joined by \\n.');

/**
 * What a log answer tells, by `type`: a source, lines, the end of a source, progress, counts, a position, slowing down or pods left
 * out.
 *
 * @public
 */
export const logEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('source'), source: logSourceSchema }),
  z.object({
    type: z.literal('lines'),
    source: sourceId,
    text: wireText,
    ...logLineFactsSchema.shape,
    cursor: z
      .string()
      .optional()
      .describe('Where the source stands behind this batch.'),
  }),
  z.object({
    type: z.literal('mixed'),
    runs: z
      .array(z.number().int())
      .describe('Pairs: id of a source, number of its lines that follow.'),
    text: wireText,
    ...logLineFactsSchema.shape,
    cursors: cursorById,
  }),
  z.object({
    type: z.literal('sourceEnded'),
    source: sourceId,
    reason: z.string(),
    message: z.string(),
    exit: logExitSchema
      .optional()
      .describe('How its container ended, where that is known by then.'),
    cursor: z
      .string()
      .optional()
      .describe('Where the source stands behind its last line.'),
  }),
  z.object({
    type: z.literal('progress'),
    read: z.number().int().describe('Lines of this answer so far.'),
    matched: z.number().int(),
    masked: z.number().int().describe('Values.'),
    cursors: cursorById,
  }),
  z.object({
    type: z.literal('counts'),
    bucketSeconds: z.number().int(),
    buckets: z
      .array(
        z.tuple([
          z.number().int(),
          z.number().int(),
          z.number().int(),
          z.number().int(),
          z.number().int(),
        ]),
      )
      .describe(
        'Start in seconds since the epoch, lines, warnings, errors, matches; to be added to what was told before.',
      ),
  }),
  z.object({
    type: z.literal('position'),
    found: z.boolean(),
    source: sourceId.optional(),
    oldest: z.string().optional().describe('How far back the log reaches.'),
  }),
  z.object({
    type: z.literal('slowed'),
    slowed: z.boolean(),
    bytesPerSecond: z.number().int(),
    linesPerSecond: z.number().int(),
  }),
  z.object({
    type: z.literal('leftOut'),
    pods: z.array(z.string()),
    total: z.number().int(),
  }),
]);

/**
 * What the `event` messages of a log answer carry, in the framing of the stream.
 *
 * @public
 */
export type LogEvent = z.infer<typeof logEventSchema>;
