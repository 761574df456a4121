// SPDX-License-Identifier: Apache-2.0
export { composeLogTask } from './composeLogTask';
export { LogFilter } from './LogFilter';
export { LogReader } from './LogReader';
export { LogWriter } from './LogWriter';
export {
  KnownSecrets,
  noFingerprints,
  type SecretFingerprints,
} from './masking/KnownSecrets';
export { SecretPrintStore } from './masking/SecretPrintStore';
export { LineMasker, MASK } from './masking/LineMasker';
export { checkLogQuery } from './readLogQuery';
export { limitContainers, selectLogContainers } from './selectLogContainers';
