// SPDX-License-Identifier: Apache-2.0
import { createApp } from '@backstage/frontend-defaults';

export const app = createApp({ features: [] });
