// SPDX-License-Identifier: Apache-2.0
export { FakeKubeApi } from './testing/FakeKubeApi';
export type { FakeKubeApiOptions } from './testing/FakeKubeApi';
export type { FakeRequest, FakeVerb } from './testing/FakeRequest';
export type { FakeObject } from './testing/FakeHistory';
export type { FakeContainer } from './testing/FakeLogs';
export type { FakeGrant } from './testing/FakeSubjects';
export type { FakeMessage } from './testing/FakeWatch';
export { kubeApiContract } from './testing/kubeApiContract';
export type { KubeApiHarness } from './testing/KubeApiHarness';
