// SPDX-License-Identifier: Apache-2.0
// Writes docs/cluster-role.yaml and docs/namespace-role.yaml from the table of watched kinds; with --check, fails when one is out of date.
// Run with: node --require @backstage/cli-node/config/nodeTransform.cjs scripts/clusterRole.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './run.mjs';

const require = createRequire(import.meta.url);
const { watchedKindNames, reducedKindNames, watchedType } = require(join(
  root,
  'plugins/tenants-backend/src/informers/watchedKinds.ts',
));

const { appliedTypes, KEPT_KINDS } = require(join(
  root,
  'plugins/tenants-backend/src/modules/resourceTypes.ts',
));

const WATCH = ['get', 'list', 'watch'];

/** Kinds of one API group, in one rule. */
function rulesOf(types) {
  const groups = new Map();
  for (const { group, resource } of types) {
    groups.set(group, [...(groups.get(group) ?? []), resource]);
  }
  return [...groups].map(([group, resources]) => ({
    group,
    resources,
    verbs: WATCH,
  }));
}

function toYaml({ group, resources, verbs }) {
  return [
    `  - apiGroups: [${group || "''"}]`,
    '    resources:',
    ...resources.map(resource => `      - ${resource}`),
    `    verbs: [${verbs.join(', ')}]`,
  ].join('\n');
}

const logs = { group: '', resources: ['pods/log'], verbs: ['get'] };
/** What pods use, where a metrics server is installed. */
const usage = { group: 'metrics.k8s.io', resources: ['pods'], verbs: ['list'] };
const types = names => names.map(watchedType);
const all = types(watchedKindNames);
const reduced = types(reducedKindNames).filter(type => type.namespaced);
const itself = { group: '', resources: ['namespaces'], verbs: ['get'] };

const generated =
  '# Generated from the table of watched kinds (plugins/tenants-backend/src/informers/watchedKinds.ts). Do not edit.';

/** Needed on every object that is rendered: compared by list, applied by patch (create, where it is not there), removed when no longer rendered. */
const APPLY = ['get', 'list', 'create', 'patch'];
const REMOVE = [...APPLY, 'delete'];
/** Groups of what charts become, which not every cluster has. */
const CHARTS = /(fluxcd\.io|argoproj\.io)$/;
/** Other groups that not every cluster has. */
const EXTRAS = /^(gateway\.networking\.k8s\.io|monitoring\.coreos\.com)$/;

/** Kinds with the same verbs and group, in one rule. */
function applyRules(types) {
  const rules = new Map();
  for (const { group, resource, kind } of types) {
    const isKept = KEPT_KINDS.has(kind) && kind !== 'Namespace';
    const verbs = isKept ? APPLY : REMOVE;
    const key = `${group} ${verbs.join()}`;
    const rule = rules.get(key) ?? { group, resources: [], verbs };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()];
}

const applied = appliedTypes();
const secrets = {
  group: '',
  resources: ['secrets'],
  verbs: ['get', 'create', 'patch'],
};
const volumes = { group: '', resources: ['persistentvolumes'], verbs: ['get'] };
const RBAC = 'rbac.authorization.k8s.io';
const given = {
  group: 'networking.k8s.io',
  resources: ['networkpolicies'],
  verbs: ['update'],
};
const files = {
  'operator-role.yaml': `# What the portal's account needs, besides cluster-role.yaml, to carry operations out: to apply, scale, restart, delete and purge tenants.
# Bind it only where the portal may write. Secrets are made and set, one by one; they are never listed.
# Generated from the table of applied kinds (plugins/tenants-backend/src/modules/resourceTypes.ts). Do not edit.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: tenantry-operate
rules:
${applyRules(
  applied.filter(({ group }) => !CHARTS.test(group) && !EXTRAS.test(group)),
)
  .map(toYaml)
  .join('\n')}
${toYaml(secrets)}
  # Says before a purge what becomes of the volumes:
${toYaml(volumes)}
  # Nobody can give by a role what they do not have: members may write network policies.
${toYaml(given)}
  # The roles that members are given (tenants.rbac.allowedRoles):
  - apiGroups: [${RBAC}]
    resources:
      - clusterroles
    resourceNames: [admin, edit, view]
    verbs: [bind]
  # Only where Flux or Argo CD installs charts:
${applyRules(applied.filter(({ group }) => CHARTS.test(group)))
  .map(toYaml)
  .join('\n')}
  # Only where the Gateway API or the Prometheus operator is installed, for modules that have routes or monitors:
${applyRules(applied.filter(({ group }) => EXTRAS.test(group)))
  .map(toYaml)
  .join('\n')}
`,
  'cluster-role.yaml': `# What the portal's account needs to watch the tenants of a cluster. Read-only; secrets and config maps are not read.
${generated}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: tenantry-read
rules:
${[...rulesOf(all.filter(type => !type.optional)), logs].map(toYaml).join('\n')}
  # CPU and memory in use, where a metrics server is installed:
${toYaml(usage)}
  # Only where Flux, Argo CD or the Gateway API is installed:
${rulesOf(all.filter(type => type.optional))
  .map(toYaml)
  .join('\n')}
`,
  'namespace-role.yaml': `# What the portal's account needs in a namespace named in tenants.clusters.<name>.namespaces. Apply it in each of them.
# Read-only; secrets and config maps are not read.
${generated}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: tenantry-read
rules:
  # The namespace that the role is in:
${toYaml(itself)}
${[...rulesOf(reduced), logs].map(toYaml).join('\n')}
  # CPU and memory in use, where a metrics server is installed:
${toYaml(usage)}
`,
};

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const file = join(root, 'docs', name);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!check) writeFileSync(file, text);
  else if (present !== text) {
    console.error(`docs/${name} is out of date: run scripts/clusterRole.mjs`);
    process.exitCode = 1;
  }
}
