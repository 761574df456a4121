// SPDX-License-Identifier: Apache-2.0
import { EventEmitter, once } from 'node:events';
import { inspect } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { KubeHttpServer } from '../kube/testing/KubeHttpServer';
import { systemClock } from '../time/Clock';
import { createHttpKubeApi } from './createHttpKubeApi';
import { WatchedClusters } from './WatchedClusters';

const secrets = ['token-one', 'token-two', 'secret-of-the-strategy'];

/** Everything that was logged, as deep as a logger could print it. */
function recordingLogger(lines: string[]): LoggerService {
  const write = (...said: unknown[]) => {
    lines.push(inspect(said, { depth: 10, showHidden: true }));
  };
  const logger: LoggerService = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: meta => {
      write(meta);
      return logger;
    },
  };
  return logger;
}

it('a token that is rotated, refused and cannot be had is in no log line and in no status', async () => {
  const server = await KubeHttpServer.start();
  const lines: string[] = [];
  const stopping = new AbortController();
  const events = new EventEmitter();
  let tokens = 0;
  const clusters = new WatchedClusters({
    access: async () => ({
      clusterSupplier: {
        getClusters: async () => [
          {
            name: 'eu',
            url: server.url,
            authMetadata: {
              'kubernetes.io/auth-provider': 'serviceAccount',
              serviceAccountToken: 'token-one',
            },
          },
        ],
      },
      getCredential: async () => {
        const at = tokens++ % secrets.length;
        if (at === 2) throw new Error('secret-of-the-strategy');
        return { type: 'bearer token', token: secrets[at] ?? '' };
      },
    }),
    credentials: async () => mockCredentials.service(),
    createKubeApi: createHttpKubeApi({ clock: systemClock }),
    clock: systemClock,
    random: () => 0,
    logger: recordingLogger(lines),
  });
  const statuses: string[] = [];
  clusters.onChange(() => {
    const [view] = clusters.list();
    statuses.push(JSON.stringify([view?.status, view?.partial]));
    events.emit('change');
  });
  for (let i = 0; i < 30; i++) {
    server.answerNext((request, response) =>
      response.writeHead(401).end(request.headers.authorization),
    );
  }
  const running = clusters.start(stopping.signal);
  const isTold = () => statuses.some(s => s.includes('Unauthenticated'));
  while (!isTold() || server.requests.length <= 2) {
    await once(events, 'change');
  }
  stopping.abort();
  await running;
  await server.stop();
  expect(server.requests.length).toBeGreaterThan(2);
  expect(lines.length).toBeGreaterThan(0);
  const said = [...lines, ...statuses, ...clusters.problems()].join('\n');
  for (const secret of secrets) expect(said).not.toContain(secret);
});
