// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { access } from './access';
import { admission } from './admission';
import { controllers } from './controllers';
import { crds } from './crds';
import { crud } from './crud';
import { defaults } from './defaults';
import { deletion } from './deletion';
import { deployments } from './deployments';
import { discovery } from './discovery';
import { jobs } from './jobs';
import { lists } from './lists';
import { namespaces } from './namespaces';
import { patches } from './patches';
import { podValidation } from './podValidation';
import { recordings } from './recordings';
import { reviews } from './reviews';
import { schemas } from './schemas';
import { serverSideApply } from './serverSideApply';
import { services } from './services';
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
  podValidation,
  defaults,
  deletion,
  namespaces,
  lists,
  watches,
  tables,
  discovery,
  crds,
  schemas,
  access,
  reviews,
  admission,
  deployments,
  controllers,
  jobs,
  services,
  recordings,
];
