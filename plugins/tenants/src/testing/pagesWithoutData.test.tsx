// SPDX-License-Identifier: Apache-2.0
import { describePages } from '../__testUtils__/describePages';

// There is nothing to show, and the page says why. In two files, so that they run side by side.
describePages(['empty', 'forbidden', 'error', 'loading']);
