// SPDX-License-Identifier: Apache-2.0
import { between, hex, pick, type LineContext } from './LineContext';
import type { LogProfile } from './LogProfile';
import { talkOf } from './moduleTalk';

const TROUBLE_SHARE = 0.04;
const TRACE_SHARE = 0.004;
const LONG_LINE_SHARE = 0.002;
/** Of lines longer than log readers take, of progress bars, and of secrets that a program should have kept. */
const ODD_SHARE = 0.003;
/** Bytes of a dump that somebody forgot to turn off. */
const HUGE_LINE_BYTES = 40 * 1024;

type Writer = (
  context: LineContext,
  words: { level: 'INFO' | 'WARN' | 'DEBUG'; message: string },
) => string;

const ESC = '\u001b';
const isoOf = (at: number) => new Date(at).toISOString();

const WRITERS: Readonly<Record<LogProfile, Writer>> = {
  http: ({ at, random, module }) => {
    const status = pick(
      random,
      [200, 200, 200, 200, 200, 201, 204, 304, 404, 500],
    );
    const path = pick(random, talkOf(module).paths);
    const from = `10.244.${between(random, 0, 4)}.${between(random, 10, 250)}`;
    const verb = path.includes('api') && random() < 0.3 ? 'POST' : 'GET';
    const agent = pick(random, [
      'kube-probe/1.32',
      'Mozilla/5.0 (X11; Linux x86_64)',
      'okhttp/4.12.0',
      'python-requests/2.32',
    ]);
    return `${from} - - [${isoOf(
      at,
    )}] "${verb} ${path} HTTP/1.1" ${status} ${between(
      random,
      90,
      48_000,
    )} "-" "${agent}" ${(random() * 0.4).toFixed(3)}`;
  },
  json: ({ at, random, module, pod }, { level, message }) =>
    JSON.stringify({
      time: isoOf(at),
      level: level.toLowerCase(),
      logger: module,
      msg: message,
      trace_id: hex(random, 32),
      duration_ms: between(random, 1, 900),
      pod,
    }),
  plain: ({ at }, { level, message }) => `${isoOf(at)} ${level} ${message}`,
  java: ({ at, random, module }, { level, message }) =>
    `${isoOf(at)
      .replace('T', ' ')
      .replace('Z', '')
      .replace('.', ',')} ${level.padEnd(5)} [${pick(random, [
      'main',
      'http-nio-8080-exec-4',
      'pool-2-thread-7',
      'scheduling-1',
    ])}] c.e.${module.replace(/-/g, '.')}.${pick(random, [
      'Service',
      'Worker',
      'Repository',
    ])} : ${message}`,
  python: ({ at, random, module }, { level, message }) =>
    `[${isoOf(at).replace('T', ' ').slice(0, 23)}] {${module.replace(
      /-/g,
      '_',
    )}.py:${between(random, 40, 900)}} ${
      level === 'WARN' ? 'WARNING' : level
    } - ${message}`,
};

/** The next lines of a run: mostly one, now and then a stack trace. */
export function writeLines(
  profile: LogProfile,
  context: LineContext,
): string[] {
  const { random, module } = context;
  const write = WRITERS[profile];
  const talk = talkOf(module);
  const dice = random();
  if (dice > 1 - ODD_SHARE) return [oddLine(write, context)];
  if (dice < TRACE_SHARE && (profile === 'java' || profile === 'python')) {
    return [
      write(context, { level: 'WARN', message: pick(random, talk.trouble) }),
      ...handledTrace(profile, module),
    ];
  }
  if (dice < TRACE_SHARE + LONG_LINE_SHARE) {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `row${at}=${hex(random, 24)}`,
    ).join(' ');
    return [
      write(context, {
        level: 'DEBUG',
        message: `dump of batch ${hex(random, 8)}: ${rows}`,
      }),
    ];
  }
  if (dice < TRACE_SHARE + TROUBLE_SHARE) {
    const line = write(context, {
      level: 'WARN',
      message: pick(random, talk.trouble),
    });
    return [
      profile === 'plain'
        ? line.replace('WARN', `${ESC}[33mWARN${ESC}[0m`)
        : line,
    ];
  }
  return [write(context, { level: 'INFO', message: pick(random, talk.doing) })];
}

/** What no program should write, and many do. The secrets are made up. */
function oddLine(write: Writer, context: LineContext): string {
  const { random } = context;
  const say = (level: 'INFO' | 'WARN' | 'DEBUG', message: string) =>
    write(context, { level, message });
  switch (between(random, 0, 5)) {
    case 0:
      return say(
        'DEBUG',
        `request headers: Authorization: Bearer ${hex(random, 40)}`,
      );
    case 1:
      return say(
        'WARN',
        `cannot reach postgres://app:${hex(
          random,
          16,
        )}@db:5432/main, will be retried`,
      );
    case 2:
      return say('DEBUG', `payload ${hex(random, HUGE_LINE_BYTES)}`);
    case 3:
      return say(
        'INFO',
        `uploaded with AWS_SECRET_ACCESS_KEY=${hex(random, 40)}`,
      );
    default:
      return progressBar(context);
  }
}

/** It writes over itself: to a log it is one line. */
function progressBar({ at }: LineContext): string {
  const steps = Array.from({ length: 20 }, (_, i) => {
    const done = (i + 1) * 5;
    return `${ESC}[32m${'#'.repeat(i + 1).padEnd(20, '.')}${ESC}[0m ${done} %`;
  });
  return `${isoOf(at)} INFO downloading model ${steps.join('\r')}`;
}

/** What a program says when it begins. */
export function startLines(
  profile: LogProfile,
  context: LineContext,
): string[] {
  const write = WRITERS[profile === 'http' ? 'plain' : profile];
  const say = (message: string) => write(context, { level: 'INFO', message });
  return [
    say(`starting ${context.module}`),
    say('configuration read from /etc/settings, 23 keys'),
    say('listening on 0.0.0.0:8080'),
  ];
}

/** What a program says when it goes; killed for memory it says nothing, unless it is Java. */
export function endLines(
  profile: LogProfile,
  context: LineContext,
  reason: string,
): string[] {
  const write = WRITERS[profile === 'http' ? 'plain' : profile];
  const { module } = context;
  if (reason === 'Completed')
    return [write(context, { level: 'INFO', message: 'done' })];
  if (reason === 'OOMKilled') {
    return profile === 'java'
      ? [
          'java.lang.OutOfMemoryError: Java heap space',
          `\tat com.example.${module.replace(
            /-/g,
            '.',
          )}.RowBuffer.grow(RowBuffer.java:118)`,
          `\tat com.example.${module.replace(
            /-/g,
            '.',
          )}.Worker.load(Worker.java:264)`,
          '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
        ]
      : [];
  }
  if (reason !== 'Error')
    return [
      write(context, { level: 'INFO', message: 'received SIGTERM, closing' }),
    ];
  return crashTrace(profile, context);
}

function crashTrace(profile: LogProfile, context: LineContext): string[] {
  const { module, at } = context;
  const name = module.replace(/-/g, '_');
  switch (profile) {
    case 'java':
      return [
        `Exception in thread "main" java.lang.IllegalStateException: Cannot start ${module}: database schema is at version 41, 42 is needed`,
        `\tat com.example.${module.replace(
          /-/g,
          '.',
        )}.Migrations.check(Migrations.java:77)`,
        `\tat com.example.${module.replace(
          /-/g,
          '.',
        )}.Application.main(Application.java:31)`,
        'Caused by: java.sql.SQLSyntaxErrorException: column "settled_at" does not exist',
        '\t... 4 more',
      ];
    case 'python':
      return [
        'Traceback (most recent call last):',
        `  File "/app/${name}/__main__.py", line 14, in <module>`,
        '    settings = Settings.from_env()',
        `  File "/app/${name}/settings.py", line 52, in from_env`,
        '    url = os.environ["DATABASE_URL"]',
        "KeyError: 'DATABASE_URL'",
      ];
    case 'json':
      return [
        JSON.stringify({
          time: isoOf(at),
          level: 'fatal',
          logger: module,
          msg: 'cannot start',
          error: 'dial tcp 10.96.14.8:5432: connect: connection refused',
        }),
      ];
    default:
      return [
        `${isoOf(at)} ERROR cannot start ${module}: DATABASE_URL is not set`,
        'panic: settings are not complete',
        '',
        'goroutine 1 [running]:',
        'main.main()',
        `\t/src/${module}/main.go:48 +0x1d4`,
      ];
  }
}

function handledTrace(profile: 'java' | 'python', module: string): string[] {
  if (profile === 'python') {
    return [
      'Traceback (most recent call last):',
      '  File "/app/http.py", line 88, in get',
      '    raise TimeoutError(url)',
      'TimeoutError: upstream did not answer in 2 s',
    ];
  }
  const base = `com.example.${module.replace(/-/g, '.')}`;
  return [
    'java.net.SocketTimeoutException: Read timed out',
    `\tat ${base}.Client.call(Client.java:142)`,
    `\tat ${base}.Service.handle(Service.java:61)`,
    '\t... 27 more',
  ];
}
