// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { recordOf } from '../../records/testing/recordOf';
import { mayForce } from './mayForce';

const { spec } = recordOf({});
const TEMPLATES = '.spec.volumeClaimTemplates';
const CONTROLLERS = 'kube-controller-manager';

function manifest(kind: string) {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'store' } };
}

function conflict(...causes: readonly (readonly [string, string])[]) {
  return new KubeError('Conflict.', {
    cluster: 'eu',
    resource: 'statefulsets.apps',
    status: 409,
    reason: 'Conflict',
    causes: causes.map(([manager, field]) => ({
      reason: 'FieldManagerConflict',
      manager,
      field,
    })),
  });
}

describe('claim templates that somebody else manages', () => {
  const applying = {
    record: { spec },
    step: { operation: { type: 'apply' as const } },
  };

  it('are taken back from the controller that took them with its status', () => {
    const taken = conflict([CONTROLLERS, TEMPLATES]);
    expect(mayForce(applying, manifest('StatefulSet'), taken)).toBe(true);
  });

  it.each([
    ['anybody else has them', ['kubectl-edit', TEMPLATES]],
    ['the controllers have the replicas', [CONTROLLERS, '.spec.replicas']],
  ] as const)('nothing is taken where %s', (_why, other) => {
    const set = manifest('StatefulSet');
    expect(mayForce(applying, set, conflict(other))).toBe(false);
    const both = conflict([CONTROLLERS, TEMPLATES], other);
    expect(mayForce(applying, set, both)).toBe(false);
  });

  it('nothing is taken of another kind, or where nobody is named', () => {
    const taken = conflict([CONTROLLERS, TEMPLATES]);
    expect(mayForce(applying, manifest('Other'), taken)).toBe(false);
    expect(mayForce(applying, manifest('StatefulSet'), conflict())).toBe(false);
  });

  it('do not hinder what the record says of replicas', () => {
    const both = conflict([CONTROLLERS, TEMPLATES], ['hand', '.spec.replicas']);
    const asleep = { ...applying, record: { spec: { ...spec, asleep: true } } };
    expect(mayForce(asleep, manifest('StatefulSet'), both)).toBe(true);
  });
});
