// SPDX-License-Identifier: Apache-2.0
export { DefinitionSources } from './DefinitionSources';
export { FileSource, FolderSource } from './FolderSource';
export { ModuleDefinitions, type ScheduledSource } from './ModuleDefinitions';
export { UrlSource } from './UrlSource';
export { toModuleDetail, toModuleSummary } from './describeModules';
export { compareInstances, moduleInstances } from './moduleInstances';
