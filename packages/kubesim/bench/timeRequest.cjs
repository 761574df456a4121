// SPDX-License-Identifier: Apache-2.0
'use strict';
// A client in a process of its own: reads one answer to its end and says how long that took.
const { get } = require('node:http');

const [url, token] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };
const start = performance.now();

get(url, { headers }, response => {
  let bytes = 0;
  response.on('data', chunk => (bytes += chunk.length));
  response.on('end', () => {
    process.send({ ms: performance.now() - start, bytes });
    process.exit(0);
  });
});
