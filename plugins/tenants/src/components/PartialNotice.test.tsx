// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { screen } from '@testing-library/react';
import { PartialNotice } from './PartialNotice';

const silent: PartialData = {
  cluster: 'eu-west',
  reason: 'Unreachable',
  message: 'Cluster "eu-west" can’t be reached.',
  observedAt: '2026-11-21T14:29:02.000Z',
};
const forbidden: PartialData = {
  cluster: 'eu-west',
  kind: 'Pod',
  reason: 'Forbidden',
  message: 'Apply the role tenantry-reader.',
};

async function show(...partial: PartialData[]) {
  renderInTestApp(<PartialNotice partial={partial} affected={() => 2} />);
  return screen.findAllByRole('note');
}

describe('PartialNotice', () => {
  it('says of a silent cluster that what is shown is the last that was known', async () => {
    const [note] = await show(silent);
    expect(note).toHaveTextContent(/^eu-west has sent nothing for /);
    expect(note).toHaveTextContent('2 tenants show their last known state.');
  });

  it('promises no last known state of a cluster that was never heard', async () => {
    const [note] = await show({ ...silent, observedAt: undefined });
    expect(note).toHaveTextContent('eu-west has not answered yet.');
    expect(note).toHaveTextContent('2 tenants may be shown incompletely.');
  });

  it('says of what is forbidden that it is missing, and what would help', async () => {
    const [note] = await show(forbidden);
    expect(note).toHaveTextContent(
      'Pod on eu-west is hidden from the portal. Apply the role tenantry-reader. 2 tenants are shown without it.',
    );
  });

  it('says of what is not read yet that it may be incomplete', async () => {
    const [note] = await show({
      cluster: 'eu-west',
      reason: 'NotSynced',
      message: 'Cluster "eu-west" is being read.',
    });
    expect(note).toHaveTextContent(
      'Cluster "eu-west" is being read. 2 tenants may be shown incompletely.',
    );
  });

  it('names the namespace, tells namespaces apart, and counts no tenants of one', async () => {
    const notes = await show(
      { ...forbidden, namespace: 'one' },
      { ...forbidden, namespace: 'two' },
      { ...forbidden, namespace: 'three', kind: undefined },
    );
    expect(notes.map(note => note.textContent)).toEqual([
      expect.stringMatching(/^Pod in one on eu-west is hidden/),
      expect.stringMatching(/^Pod in two on eu-west is hidden/),
      expect.stringMatching(/^Namespace three on eu-west is hidden/),
    ]);
    for (const note of notes) expect(note).not.toHaveTextContent('tenants');
  });

  it('does not warn of a kind that a cluster does not serve', async () => {
    const notes = await show(
      { ...forbidden, kind: 'HelmRelease', reason: 'NotServed' },
      silent,
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]).toHaveTextContent('has sent nothing');
  });

  it('warns of a namespace that is not there', async () => {
    const [note] = await show({
      ...forbidden,
      kind: 'Namespace',
      namespace: 'gone',
      reason: 'NotServed',
    });
    expect(note).toHaveTextContent('Namespace gone on eu-west is not there.');
  });

  it('shows three and counts the rest', async () => {
    const parts = ['a', 'b', 'c', 'd'].map(cluster => ({ ...silent, cluster }));
    expect(await show(...parts)).toHaveLength(3);
    expect(
      screen.getByText('1 more part is missing or old.'),
    ).toBeInTheDocument();
  });
});
