// SPDX-License-Identifier: Apache-2.0
import { describePages } from '../__testUtils__/describePages';

// Tenants are there, perhaps not all of them, or not as they are now. In two files, so that they run side by side.
describePages(['many', 'one', 'partial', 'stale']);
