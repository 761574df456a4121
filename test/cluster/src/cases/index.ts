// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { access } from './access';
import { admission } from './admission';
import { controllers } from './controllers';
import { crds } from './crds';
import { crud } from './crud';
import { deletion } from './deletion';
import { discovery } from './discovery';
import { lists } from './lists';
import { namespaces } from './namespaces';
import { patches } from './patches';
import { serverSideApply } from './serverSideApply';
import { subresources } from './subresources';
import { tables } from './tables';
import { validation } from './validation';
import { watches } from './watches';

/** Every case, by area. */
export const areas: readonly ContractArea[] = [
  crud,
  serverSideApply,
  patches,
  subresources,
  validation,
  deletion,
  namespaces,
  lists,
  watches,
  tables,
  crds,
  access,
  admission,
  discovery,
  controllers,
];
