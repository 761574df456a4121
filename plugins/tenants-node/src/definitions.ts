// SPDX-License-Identifier: Apache-2.0
/**
 * Module definitions: their model, and the parser that the backend and the command line share.
 *
 * @packageDocumentation
 */
export * from './definitions/ModuleCatalogue';
export * from './definitions/DefinitionFile';
export {
  parseDefinitions,
  type ParseOptions,
} from './definitions/parseDefinitions';
export { DEFINITION_LIMITS } from './definitions/definitionLimits';
export { definitionReferences } from './definitions/files/definitionReferences';
export { definitionsJsonSchema } from './definitions/schema/definitionsJsonSchema';
export {
  TENANT_KINDS,
  isTenantKind,
} from './definitions/manifests/tenantKinds';
export {
  readSubstitutions,
  SUBSTITUTION_ROOTS,
  type SubstitutedText,
} from './definitions/manifests/readSubstitutions';
export {
  CONDITION_VARIABLES,
  conditionEnvironment,
} from './definitions/manifests/conditions';
export { canonicalJson, contentHash } from './definitions/contentHash';
export { nearestWord } from './definitions/suggestion';
export { SourceProblem } from './definitions/disk/SourceProblem';
export {
  readDefinitionsFile,
  readDefinitionsFolder,
} from './definitions/disk/readDefinitions';
