/**
 * Fails when code that must be pure reads a clock, draws a random number, waits, or reaches for the outside world.
 *
 *   node scripts/check-pure.mjs
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const pure = [
  'money/src',
  'fees/src',
  'chit-fund/src/draw',
  'chit-fund/src/law',
  'chit-fund/src/reports',
  'chit-fund/src/returns',
  'chit-fund/src/settlement',
  'chit-fund/src/simulate',
  'chit-fund/src/terms',
  'chit-score/src',
  'ledger/src',
  'escrow/src',
  'kernel/src/evaluate',
  'kernel/src/evaluate.ts',
  'kernel/src/keeping',
  'payouts/src/eligibility',
  'payouts/src/records',
  'payouts/src/reconcile/decider.ts',
  'payouts/src/reconcile/match-lists.ts',
  'providers/src/attempt',
  'providers/src/breaker',
  'providers/src/inbox',
  'providers/src/registry',
  'providers/src/retry',
  'providers/src/simulated',
  'providers/src/webhooks',
];
const bannedNames = new Set(
  'process setTimeout setInterval setImmediate queueMicrotask performance console fetch crypto require navigator'.split(
    ' ',
  ),
);
const bannedMembers = new Set(['Date.now', 'Math.random', 'Temporal.Now']);
// Digests and signatures are functions of their bytes; everything else in the module may differ from one call to the next.
const allowedFromNode = {
  'node:crypto': new Set(
    'createHash hash Hash createHmac createPublicKey createSecretKey KeyObject timingSafeEqual verify'.split(' '),
  ),
};

/** Lists every impure expression in the pure parts of the packages under `root/packages`; empty when there is none. */
export function checkPure(root) {
  return pure
    .map((part) => path.join(root, 'packages', part))
    .filter((part) => existsSync(part))
    .flatMap(filesUnder)
    .filter((file) => !/\.test\.ts$/.test(file))
    .flatMap((file) => problemsIn(readFileSync(file, 'utf8'), path.relative(root, file)));
}

/** Lists the impure expressions of one file. */
export function problemsIn(text, name) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const isGlobal = globalsOf(source);
  const problems = new Set();
  const visit = (node) => {
    const problem = problemOf(node, isGlobal);
    if (problem) problems.add(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${problem}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...problems];
}

/** Tells globals from names that the file declares itself; a function may well call its argument `process`. */
function globalsOf(source) {
  const host = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name) => (name === source.fileName ? source : undefined),
  };
  const program = ts.createProgram([source.fileName], { noLib: true, noResolve: true, types: [], allowJs: true }, host);
  const checker = program.getTypeChecker();
  // Without a library nothing global can be resolved, so what has no symbol is a global.
  return (node) => {
    const { parent } = node;
    if ((ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) && (parent.name ?? parent.right) === node)
      return false;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(node);
    return symbol === undefined;
  };
}

function problemOf(node, isGlobal) {
  if (ts.isImportDeclaration(node)) return importProblem(node);
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length)
    return 'new Date() reads the clock';
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return 'Date() reads the clock';
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return 'import() loads at run time';
  if (ts.isPropertyAccessExpression(node)) {
    const member = node
      .getText()
      .replace(/^globalThis\??\./, '')
      .replaceAll('?.', '.');
    if (bannedMembers.has(member)) return `${member} is not pure`;
    if (isNamed(node.expression, 'globalThis') && bannedNames.has(node.name.text)) return `${member} is not pure`;
  }
  return ts.isIdentifier(node) && bannedNames.has(node.text) && isGlobal(node) ? `${node.text} is not pure` : undefined;
}

function importProblem(node) {
  const module = node.moduleSpecifier.text;
  if (!module.startsWith('node:')) return undefined;
  const names = node.importClause?.namedBindings;
  const allowed = allowedFromNode[module];
  const clean =
    allowed &&
    names &&
    ts.isNamedImports(names) &&
    names.elements.every(({ name, propertyName }) => allowed.has((propertyName ?? name).text));
  return clean ? undefined : `${module} is the outside world`;
}

function isNamed(node, name) {
  return ts.isIdentifier(node) && node.text === name;
}

function filesUnder(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkPure(path.resolve(path.dirname(process.argv[1]), '..'));
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0 ? 'The pure parts are pure.' : `${problems.length} impure expressions in pure parts.`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
