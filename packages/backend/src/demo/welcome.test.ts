// SPDX-License-Identifier: Apache-2.0
import { localUser, personas } from './personas';
import { formatWelcome } from './welcome';

it('says where the demo is, as whom, how to switch and how kubectl gets in', () => {
  const text = formatWelcome({
    port: 7007,
    personas,
    simulators: [
      {
        name: 'eu-west',
        url: 'http://127.0.0.1:4001',
        portalToken: 'portal-token',
        adminToken: 'kubectl-token',
        stop: async () => undefined,
      },
    ],
  });
  expect(text).toContain(
    'Tenantry is at http://localhost:7007 — signed in as Ada, analytics.',
  );
  expect(text).toContain('without a password');
  expect(text).toContain('http://localhost:7007/?persona=NAME');
  for (const { name } of personas) expect(text).toContain(`\n  ${name} `);
  expect(text).toContain(
    'kubectl --server http://127.0.0.1:4001/_as/kubectl-token get pods -A',
  );
  expect(text).not.toContain('portal-token');
});

it('has nobody to switch to and no simulator to show beside a real cluster', () => {
  const text = formatWelcome({
    port: 8080,
    personas: [localUser],
    simulators: [],
  });
  expect(text).toContain('http://localhost:8080 — signed in as You.');
  expect(text).not.toContain('persona');
  expect(text).not.toContain('kubectl');
});
