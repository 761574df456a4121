// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/** Tells a test about the process from inside: what stands on `Object.prototype`, and how much memory is in use. */
export const probePlugin = createBackendPlugin({
  pluginId: 'probe',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        httpRouter.use((_req, res) => {
          res.json({
            prototypeKeys: Object.keys(Object.prototype),
            rssBytes: process.memoryUsage().rss,
          });
        });
      },
    });
  },
});
