// SPDX-License-Identifier: Apache-2.0
'use strict';
// A client in a process of its own: reads a watch and says when it has seen as many lines as asked for.
const { get } = require('node:http');

const [url, token, wanted] = process.argv.slice(2);
const headers = { authorization: `Bearer ${token}` };
const NEWLINE = 10;

get(url, { headers }, response => {
  let lines = 0;
  process.send({ open: true });
  response.on('data', chunk => {
    for (
      let at = chunk.indexOf(NEWLINE);
      at >= 0;
      at = chunk.indexOf(NEWLINE, at + 1)
    )
      lines += 1;
    if (lines < Number(wanted)) return;
    process.send({ lines });
    process.exit(0);
  });
});
