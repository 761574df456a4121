// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import type { ApiTarget } from './ApiTarget';
import type { Difference } from './compare';
import type { ContractCase, Step } from './ContractCase';
import type { Json } from './Json';
import { Mask } from './Mask';
import { Session } from './Session';

type CaseRun = {
  readonly steps: readonly Step[];
  /** Expectations that did not hold. */
  readonly unmet: readonly Difference[];
};

/** Runs a case in a namespace of its own and returns what the server answered, masked. */
export async function runCase(
  target: ApiTarget,
  contract: ContractCase,
): Promise<CaseRun> {
  const ns = `ct-${randomBytes(5).toString('hex')}`;
  const session = new Session(target, ns);
  const quiet = { quiet: true };
  try {
    await session.create(
      session.path('namespaces'),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ns } },
      quiet,
    );
    if (await fillsNamespaces(session)) await namespaceFilled(session);
    await contract.run(session);
  } finally {
    await session.end();
  }
  const steps = new Mask(ns).steps(session.steps);
  return { steps, unmet: session.unmet };
}

/** Whether something plays the controllers that fill a new namespace. */
async function fillsNamespaces(session: Session): Promise<boolean> {
  const path = session.path('serviceaccounts', 'default', 'default');
  const { status } = await session.get(path, { quiet: true });
  return status === 200;
}

async function namespaceFilled(session: Session): Promise<void> {
  const there = (object: Json | undefined) => object !== undefined;
  const quiet = { quiet: true };
  await session.settle(session.in('serviceaccounts', 'default'), there, quiet);
  await session.settle(
    session.in('configmaps', 'kube-root-ca.crt'),
    there,
    quiet,
  );
}
