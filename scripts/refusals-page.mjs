/** Writes the page of every refusal and fault out of the doc comments of the packages. */
import path from 'node:path';
import ts from 'typescript';
import { cell, docOf, documentedMembers, exportedDeclarations } from './doc-comments.mjs';

/** The packages whose refusals the page lists, in its order. */
export const packages = [
  'money',
  'kernel',
  'ledger',
  'fees',
  'chit-fund',
  'chit-score',
  'escrow',
  'payouts',
  'providers',
  'provider-stripe',
];

/** Writes `docs/refusals.md` for the packages under `root/packages`. */
export function refusalsPage(root, note) {
  const read = packages.map((name) => readPackage(root, name));
  const codes = new Map(read.flatMap(({ refusals }) => refusals.map(({ name, code }) => [name, code])));
  const parts = read.flatMap((one) => packagePart(one, codes));
  return `${[...introduction(note), ...parts, ...faultsPart(root)].join('\n')}\n`;
}

function introduction(note) {
  return [
    '# Refusals and faults',
    '',
    note,
    '',
    'A *refusal* is a business "no": a value with a `code` and the numbers that explain it. Nothing was written, and its key is free again',
    '(unless the command asked for refusals to be kept). A *fault* is the outside world: it says whether a retry may help and whether the',
    'effect happened. A bug is neither: it throws a `Defect`. A fault has `fault: true`, a refusal has not.',
    '',
    'How serious a refusal is: a `mistake` is one of the calling code, to be mended there; an `answer` is an everyday "no" that can be shown to',
    'whoever asked; an `alarm` is worth a look by whoever runs the platform. The column *retry* says when the same command may succeed later.',
    'The column *fields* gives what the value carries beside `code`.',
    '',
    'What each command of a declared process is refused for, in order, stands on [the page of the process](processes/README.md).',
    '',
  ];
}

function readPackage(root, name) {
  const declared = exportedDeclarations(path.join(root, 'packages', name, 'src', 'index.ts'));
  const refusals = [...declared].flatMap(([typeName, { node }]) => {
    const refusal = readRefusal(node);
    return refusal ? [{ name: typeName, ...refusal }] : [];
  });
  return { name, declared, refusals };
}

/** Reads an interface that extends `Refusal<'code'>` or has a literal `code`; nothing for any other declaration. */
function readRefusal(node) {
  if (!ts.isInterfaceDeclaration(node)) return undefined;
  const parents = (node.heritageClauses ?? []).flatMap(({ types }) => types);
  if (parents.some(({ expression }) => /Error$/.test(expression.getText()))) return undefined;
  const code = codeOf(node, parents);
  if (code === undefined) return undefined;
  const inherited = parents.flatMap(({ expression }) => membersNamed(node.getSourceFile(), expression.getText()));
  const own = node.members.filter((member) => member.name.getText() !== 'code');
  return { code, doc: docOf(node), inherited: inherited.map(fieldText), fields: own.map(fieldText) };
}

function codeOf(node, parents) {
  const own = node.members.find((member) => member.name?.getText() === 'code')?.type;
  const given = parents.find(({ expression }) => expression.getText() === 'Refusal')?.typeArguments?.[0];
  const type = own ?? given;
  if (!type) return undefined;
  if (ts.isLiteralTypeNode(type)) return type.literal.text;
  const isParameter = node.typeParameters?.some(({ name }) => name.text === type.getText());
  return isParameter && given ? null : undefined;
}

function membersNamed(source, name) {
  const parent = source.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  return parent ? [...parent.members] : [];
}

function fieldText(member) {
  const said = docOf(member).text;
  const type = member.type.getText().replace(/\s+/g, ' ');
  return `\`${member.name.getText()}: ${type}\`${said ? ` (${said.replace(/\.$/, '')})` : ''}`;
}

function packagePart({ name, declared, refusals }, codes) {
  const shared = refusals[0]?.inherited ?? [];
  const rows = refusals.map(({ name: typeName, code, doc, fields }) => {
    const shown = code === null ? '*named by the definition*' : `\`${code}\``;
    const cells = [
      shown,
      `\`${typeName}\``,
      doc.text,
      doc.tags.severity ?? '',
      doc.tags.retry ?? '',
      fields.join(', '),
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return [
    `## @holdfast/${name}`,
    '',
    ...(shared.length > 0 ? ['Every one of these carries', '', ...shared.map((field) => `- ${field}`), ''] : []),
    '| code | type | when | how serious | retry | fields |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...ordersPart(declared, codes),
    ...commandsPart(declared, codes),
  ];
}

/** The unions of refusals: their order is the order in which they are checked. */
function ordersPart(declared, codes) {
  const rows = [...declared].flatMap(([name, { node }]) => {
    if (!ts.isTypeAliasDeclaration(node)) return [];
    const listed = codesOf(node.type, declared, codes);
    return listed && listed.length > 1 ? [`| \`${name}\` | ${cell(docOf(node).text)} | ${listed.join(', ')} |`] : [];
  });
  return rows.length > 0 ? ['| union | what it is | codes |', '| --- | --- | --- |', ...rows, ''] : [];
}

/** The commands of hand-written deciders, each with what it may be refused for. */
function commandsPart(declared, codes) {
  const rows = [...declared].flatMap(([name, { node }]) => {
    if (!/Commands$/.test(name) || !ts.isTypeAliasDeclaration(node) || !ts.isTypeLiteralNode(node.type)) return [];
    return node.type.members.map((command) => {
      const refusal = command.type.members.find((member) => member.name.getText() === 'refusal');
      const listed = codesOf(refusal.type, declared, codes) ?? [];
      return `| \`${command.name.getText()}\` | ${listed.join(', ') || '–'} |`;
    });
  });
  return rows.length > 0 ? ['| command | its own refusals, in order |', '| --- | --- |', ...rows, ''] : [];
}

/** Lists the codes of a type in the order in which it names them; nothing where it names anything else. */
function codesOf(type, declared, codes) {
  if (ts.isUnionTypeNode(type)) {
    const lists = type.types.map((one) => codesOf(one, declared, codes));
    return lists.includes(undefined) ? undefined : [...new Set(lists.flat())];
  }
  if (type.kind === ts.SyntaxKind.NeverKeyword) return [];
  if (ts.isIndexedAccessTypeNode(type)) {
    const map = declared.get(type.objectType.getText())?.node ?? siblingOf(type);
    const member = map?.members?.find(({ name }) => name.getText() === type.indexType.literal?.text);
    return member && codesOf(member.type, declared, codes);
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText();
  if (codes.has(name)) return codes.get(name) === null ? undefined : [`\`${codes.get(name)}\``];
  const alias = declared.get(name)?.node;
  return alias && ts.isTypeAliasDeclaration(alias) ? codesOf(alias.type, declared, codes) : undefined;
}

/** The map that an indexed type names, where it stands in the same file. */
function siblingOf({ objectType }) {
  return objectType
    .getSourceFile()
    .statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === objectType.getText());
}

function faultsPart(root) {
  const declared = exportedDeclarations(path.join(root, 'packages', 'kernel', 'src', 'index.ts'));
  const fields = declared.get('Fault').node.members.map((member) => `- ${fieldText(member)}`);
  const ofProviders = exportedDeclarations(path.join(root, 'packages', 'providers', 'src', 'index.ts'));
  const faults = [
    ...['StoreFault', 'WriterFault'].map((name) => [name, declared.get(name)]),
    ...['ProviderFault'].map((name) => [name, ofProviders.get(name)]),
  ];
  const rows = faults
    .filter(([, found]) => found !== undefined)
    .flatMap(([name, { node }]) =>
      documentedMembers(node.type.typeArguments[0]).map(
        ({ type, doc }) => `| \`${type.literal.text}\` | \`${name}\` | ${cell(doc)} |`,
      ),
    );
  return [
    '## Faults',
    '',
    ...docOf(declared.get('Fault').node).text.split('\n'),
    '',
    ...fields,
    '',
    '| code | type | what happened |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Which trouble of a Postgres gives which of them, with its effect, stands in [the guide on Postgres](guides/postgres.md).',
  ];
}
