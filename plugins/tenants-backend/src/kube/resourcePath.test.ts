// SPDX-License-Identifier: Apache-2.0
import {
  isTenantName,
  logQuerySchema,
} from '@tenantry/backstage-plugin-tenants-common';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import fc from 'fast-check';
import { logPath, objectName, resourcePath } from './resourcePath';

const pods = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};
const cluster = 'east';

/** Names, and what would like to be taken for one. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[a-z0-9.-]{1,70}$/),
  fc
    .array(
      fc.constantFrom('..', '/', '%2f', '\0', 'a', '?', '#', '=', ',', '!'),
      { maxLength: 6 },
    )
    .map(parts => parts.join('')),
);

/** The path, or `undefined` when the name is refused. */
function attempt(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof KubeError) return undefined;
    throw error;
  }
}

/** What a server makes of a path: the same segments, none of them special. */
function segmentsOf(path: string): string[] {
  return new URL(path, 'http://server').pathname.split('/').slice(1);
}

describe('paths to objects, for any text', () => {
  it('lead into the namespace that was named, or nowhere', () => {
    fc.assert(
      fc.property(anyName, namespace => {
        const path = attempt(() => resourcePath(pods, { cluster, namespace }));
        if (path === undefined) return;
        expect(segmentsOf(path)).toEqual([
          'api',
          'v1',
          'namespaces',
          namespace,
          'pods',
        ]);
        expect(new URL(path, 'http://server').search).toBe('');
      }),
    );
  });

  it('lead to the log of the pod that was named, or nowhere', () => {
    fc.assert(
      fc.property(anyName, anyName, (namespace, pod) => {
        const path = attempt(() =>
          logPath({ cluster, namespace, pod, container: 'main' }),
        );
        if (path === undefined) return;
        expect(segmentsOf(path)).toEqual([
          'api',
          'v1',
          'namespaces',
          namespace,
          'pods',
          pod,
          'log',
        ]);
      }),
    );
  });

  it('hold names that cannot widen a field selector', () => {
    fc.assert(
      fc.property(anyName, name => {
        const call = { cluster, resource: 'pods' };
        const passed = attempt(() => objectName(name, call));
        expect(passed ?? 'refused').toMatch(/^[a-z0-9.-]+$/);
      }),
    );
  });
});

describe('names from callers, for any text', () => {
  it('are tenants’ names only where a namespace could carry them as a label', () => {
    fc.assert(
      fc.property(anyName, name => {
        if (!isTenantName(name)) return;
        expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/);
        expect(name in Object.prototype).toBe(false);
      }),
    );
  });

  it('select logs only as names', () => {
    fc.assert(
      fc.property(anyName, pod => {
        const parsed = logQuerySchema.safeParse({ pod });
        if (!parsed.success) return;
        expect(parsed.data.pod).toBe(pod);
        expect(pod).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/);
      }),
    );
  });
});
