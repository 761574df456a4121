// SPDX-License-Identifier: Apache-2.0
// Writes docs/configuration.md from the packages' config.d.ts; with --check, fails when it is out of date.
// Run with: node scripts/configurationDoc.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './run.mjs';

const require = createRequire(import.meta.url);
const ts = require('typescript');

/** Levels of a type that names itself, and of types from elsewhere, are not followed further. */
const MAX_DEPTH = 8;

const schedule = '`{ frequency, timeout, initialDelay?, scope? }`';

function declarationsOf(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const named = new Map();
  source.forEachChild(node => {
    if (ts.isInterfaceDeclaration(node)) named.set(node.name.text, node);
  });
  return named;
}

/** The comment's text, and its tags by name. */
function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = part => ts.getTextOfJSDocComment(part) ?? '';
  const flat = part =>
    text(part)
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  const tags = (doc?.tags ?? []).map(tag => [
    tag.tagName.text,
    flat(tag.comment),
  ]);
  return { text: doc ? flat(doc.comment) : '', tags: new Map(tags) };
}

function membersOf(type, named) {
  if (ts.isTypeLiteralNode(type)) return type.members;
  if (ts.isTypeReferenceNode(type))
    return named.get(type.typeName.getText())?.members;
  return undefined;
}

/** Where further keys are, in a type: in itself, in its items, or in one of its alternatives. */
function partsOf(type, named) {
  const own = membersOf(type, named);
  if (own) return { members: own, suffix: '' };
  if (ts.isArrayTypeNode(type)) {
    const items = partsOf(type.elementType, named);
    return items && { ...items, suffix: `[]${items.suffix}` };
  }
  if (ts.isUnionTypeNode(type))
    return type.types.map(part => partsOf(part, named)).find(Boolean);
  return undefined;
}

const isDuration = members =>
  members.length > 1 &&
  members.every(member =>
    /^(seconds|minutes|hours|days|weeks)$/.test(member.name?.getText() ?? ''),
  );

/** A map of names to plain values is one key, not two. */
const isPlainMap = (members, named) =>
  members.length === 1 &&
  ts.isIndexSignatureDeclaration(members[0]) &&
  !partsOf(members[0].type, named);

function typeText(type, named) {
  if (ts.isUnionTypeNode(type))
    return type.types.map(part => typeText(part, named)).join(' or ');
  if (ts.isArrayTypeNode(type))
    return `list of ${typeText(type.elementType, named)}`;
  const members = membersOf(type, named);
  if (members && isDuration(members)) return 'duration';
  if (members && isPlainMap(members, named))
    return `map of ${typeText(members[0].type, named)}`;
  if (members) return 'object';
  const text = type.getText();
  if (text.startsWith('SchedulerService')) return schedule;
  return ts.isLiteralTypeNode(type) ? `\`${text.replaceAll("'", '')}\`` : text;
}

function memberName(member) {
  return ts.isIndexSignatureDeclaration(member)
    ? `<${member.parameters[0].name.getText()}>`
    : member.name.getText();
}

/** The rest of the sentence "Default: …" counts as the default, where no tag says it. */
function splitDefault({ text, tags }) {
  const given = tags.get('default') ?? tags.get('defaultValue');
  if (given !== undefined) return { text, fallback: given };
  const match = /\s*Default: (.+?)\.?$/.exec(text);
  return match
    ? { text: text.slice(0, match.index), fallback: match[1] }
    : { text, fallback: undefined };
}

function rowOf(key, member, { named, visibility }) {
  const { text, fallback } = splitDefault(docOf(member));
  // A value is shown as code, a sentence as it stands.
  const isValue =
    fallback && (/^[[{]/.test(fallback) || !/[\s`]|^nobody$/.test(fallback));
  return {
    key,
    type: typeText(member.type, named),
    isRequired:
      !member.questionToken && !ts.isIndexSignatureDeclaration(member),
    fallback: isValue ? `\`${fallback}\`` : fallback,
    text,
    visibility,
  };
}

function* rowsOf(members, context) {
  const { path, named, depth } = context;
  for (const member of members) {
    const { tags } = docOf(member);
    const visibility =
      tags.get('deepVisibility') ??
      tags.get('visibility') ??
      context.visibility;
    const key = [...path, memberName(member)].join('.');
    const parts = partsOf(member.type, named);
    const isLeaf =
      !parts ||
      isDuration(parts.members) ||
      isPlainMap(parts.members, named) ||
      depth >= MAX_DEPTH;
    if (isLeaf || docOf(member).text)
      yield rowOf(key, member, { named, visibility });
    if (isLeaf) continue;
    yield* rowsOf(parts.members, {
      path: [`${key}${parts.suffix}`],
      named,
      depth: depth + 1,
      visibility: tags.get('deepVisibility') ?? context.visibility,
    });
  }
}

const cell = text => (text ?? '').replaceAll('|', '\\|');

function sectionOf(folder) {
  const file = join(root, folder, 'config.d.ts');
  const { name } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  const named = declarationsOf(file);
  const rows = [
    ...rowsOf(named.get('Config').members, {
      path: [],
      named,
      depth: 0,
      visibility: 'backend',
    }),
  ];
  const lines = rows.map(
    row =>
      `| \`${row.key}\` | ${cell(row.type)} | ${
        cell(row.fallback) || (row.isRequired ? 'required' : '–')
      } | ${cell(row.text)} | ${row.visibility} |`,
  );
  return [
    `## ${name}`,
    '',
    '| key | type | default | meaning | seen by |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

const folders = readdirSync(join(root, 'plugins'))
  .map(name => `plugins/${name}`)
  .filter(folder => existsSync(join(root, folder, 'config.d.ts')))
  .sort((a, b) => a.length - b.length);

const text = `# Configuration

Generated from the packages' \`config.d.ts\`, which is also what \`backstage-cli config:check --strict\` refuses wrong values by. Do not edit.

\`<name>\` stands for a name of your choice, \`[]\` for each item of a list. A duration is such as \`{ minutes: 10 }\`. "Seen by" says who may see a value: \`backend\` values never reach the
browser, \`frontend\` values do, \`secret\` values are kept out of logs as well.

${folders.map(sectionOf).join('\n\n')}
`;

const file = join(root, 'docs', 'configuration.md');
const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (present !== text) {
  console.error('docs/configuration.md is out of date: run ./dev docs');
  process.exitCode = 1;
}
