/** Reads doc comments out of TypeScript sources, so that pages can be made of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Parses a source file, with its comments. */
export function parseSource(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Finds the declarations that a package's `index.ts` exports, by name, each with its file. */
export function exportedDeclarations(index) {
  const found = new Map();
  for (const statement of parseSource(index).statements) {
    if (!ts.isExportDeclaration(statement) || !ts.isNamedExports(statement.exportClause)) continue;
    const file = path.resolve(path.dirname(index), statement.moduleSpecifier.text);
    const declared = declarationsOf(parseSource(file));
    for (const { name } of statement.exportClause.elements) {
      const node = declared.get(name.text);
      if (node) found.set(name.text, { file, node });
    }
  }
  return found;
}

/** Gives the interfaces, type aliases and constants that stand at the top of a file, by name. */
export function declarationsOf(source) {
  const declared = new Map();
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      declared.set(statement.name.text, statement);
    } else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) declared.set(name.getText(), statement);
    }
  }
  return declared;
}

/** Gives the text of a declaration's doc comment and its block tags; empty where there is none. */
export function docOf(node) {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const tags = Object.fromEntries(
    (comment?.tags ?? []).map((tag) => [tag.tagName.text, plain(ts.getTextOfJSDocComment(tag.comment))]),
  );
  return { text: plain(ts.getTextOfJSDocComment(comment?.comment)), tags };
}

/** Gives the members of a union, each with the doc comment that stands before its bar; the compiler itself gives them none. */
export function documentedMembers(union) {
  const { text } = union.getSourceFile();
  return union.types.map((type, index) => {
    const from = index === 0 ? union.pos : union.types[index - 1].end;
    const comments = (ts.getLeadingCommentRanges(text, from) ?? []).map(({ pos, end }) => text.slice(pos, end));
    const comment = comments.findLast((one) => one.startsWith('/**'));
    return { type, doc: plain(comment?.replace(/^\/\*\*|\*\/$|^[ \t]*\*/gm, '')) };
  });
}

/** Writes text into a cell of a table. */
export function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim() || '–';
}

function plain(text = '') {
  return text
    .replace(/\{@link\s+([^}\s]+)\s*\}/g, '`$1`')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .join('\n\n')
    .trim();
}
