// SPDX-License-Identifier: Apache-2.0
export { behaviourSchema } from '../scenario/behaviourSchema';
