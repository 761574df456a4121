// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from './FakeKubeApi';
import { kubeApiContract } from './kubeApiContract';

describe.each([true, false])('with WatchList %s', watchList => {
  kubeApiContract('FakeKubeApi', async () => {
    const api = new FakeKubeApi({ watchList });
    api.serve('nothings.nothing.example.com', false);
    const log = { namespace: 'one', pod: 'web', container: 'main' };
    api.setLog(log, 'hello\n');
    return {
      api,
      log: { ...log, text: 'hello' },
      async write(namespace, name, data) {
        api.write('configmaps', { metadata: { namespace, name }, data });
      },
      async remove(namespace, name) {
        api.remove('configmaps', namespace, name);
      },
      expireHistory: async () => api.compact(),
      stop: async () => api.close(),
    };
  });
});
