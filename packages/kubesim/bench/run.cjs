// SPDX-License-Identifier: Apache-2.0
'use strict';
// Measures this package as it stands in the work tree: node bench/run.cjs
require('@backstage/cli-node/config/nodeTransform.cjs');
require('./measure').main();
