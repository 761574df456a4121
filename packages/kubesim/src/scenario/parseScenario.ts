// SPDX-License-Identifier: Apache-2.0
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
} from 'yaml';
import { scenarioSchema, type Scenario } from './Scenario';

/** Longer texts are refused unread. */
const MAX_SCENARIO_CHARACTERS = 1_000_000;
const MAX_ALIASES = 100;

type Path = readonly PropertyKey[];
type Problem = {
  readonly path: Path;
  readonly message: string;
  readonly offset: number;
};

/** Names each problem as `file:line:column path: what is wrong`. @public */
export class ScenarioError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ScenarioError';
  }
}

/**
 * Reads a scenario. Keys it does not know are errors.
 *
 * @throws ScenarioError with every problem found
 * @public
 */
export function parseScenario(text: string, file: string): Scenario {
  if (text.length > MAX_SCENARIO_CHARACTERS)
    throw new ScenarioError([`${file}:1:1 is too long for a scenario`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const say = ({ path, message, offset }: Problem) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col} ${
      path.length ? `${pathText(path)}: ` : ''
    }${message}`;
  };
  if (document.errors.length > 0) {
    throw new ScenarioError(
      document.errors.map(({ message, pos }) =>
        say({ path: [], message: message.split('\n')[0], offset: pos[0] }),
      ),
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
  const result = scenarioSchema.safeParse(value ?? {});
  if (!result.success)
    throw new ScenarioError(problemsOf(result.error.issues, document).map(say));
  const missing = danglingTargets(result.data, document);
  if (missing.length > 0) throw new ScenarioError(missing.map(say));
  return result.data;
}

type Issue = {
  readonly code?: string;
  readonly path: Path;
  readonly message: string;
  readonly keys?: readonly string[];
};

function problemsOf(issues: readonly Issue[], document: Document): Problem[] {
  return issues.flatMap(({ path, message, keys }) => {
    if (!keys) return [{ path, message, offset: offsetOf(document, path) }];
    return keys.map(key => ({
      path: [...path, key],
      message: 'is not a known field',
      offset: keyOffset(document, path, key),
    }));
  });
}

/** Timeline entries have to name a workload of the scenario. */
function danglingTargets(
  { namespaces, timeline }: Scenario,
  document: Document,
): Problem[] {
  const known = new Set(
    namespaces.flatMap(({ name, workloads }) =>
      workloads.map(workload => `${name}/${workload.name}`),
    ),
  );
  return timeline.flatMap(({ namespace, workload }, at) => {
    const path = ['timeline', at, 'workload'];
    if (known.has(`${namespace}/${workload}`)) return [];
    return [
      {
        path,
        message: `there is no workload "${workload}" in namespace "${namespace}"`,
        offset: offsetOf(document, path),
      },
    ];
  });
}

/** Where a value stands; of a missing one, where its parent stands. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const found =
      length === 0
        ? document.contents
        : document.getIn(path.slice(0, length), true);
    if (isNode(found) && found.range) return found.range[0];
  }
  return 0;
}

function keyOffset(document: Document, path: Path, key: string): number {
  const map =
    path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map)
    ? map.items.find(item => isScalar(item.key) && item.key.value === key)
    : undefined;
  return isScalar(pair?.key) && pair.key.range
    ? pair.key.range[0]
    : offsetOf(document, path);
}

function pathText(path: Path): string {
  return path
    .map((part, at) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${at ? '.' : ''}${String(part)}`,
    )
    .join('');
}
