// SPDX-License-Identifier: Apache-2.0
// The only file that runs in the worker and has an effect when it is loaded.
import { answerWork } from './answerWork';
import type { WorkRequest } from './LogWork';

type WorkerScope = {
  onmessage: ((event: { readonly data: WorkRequest }) => void) | null;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
};

// The page's types do not know what a worker is.
const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  const { answer, transfer } = answerWork(data);
  scope.postMessage(answer, transfer);
};
