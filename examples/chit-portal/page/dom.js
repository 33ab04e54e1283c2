/**
 * Makes an element. Texts are always texts: nothing that came from elsewhere is read as HTML.
 *
 * @param {string} name
 * @param {Record<string, unknown>} [attributes] `on…` are listeners, `false` and `undefined` leave one out.
 * @param {...(Node | string | null | undefined)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * Makes a table with a caption and a heading for each column.
 *
 * @param {string} caption
 * @param {readonly { readonly head: string, readonly amount?: boolean, readonly cell: (row: any) => Node | string }[]} columns The first one names its row.
 * @param {readonly unknown[]} rows
 */
export function table(caption, columns, rows) {
  const look = ({ amount }) => (amount ? { class: 'amount' } : {});
  const heads = columns.map((column) => element('th', { scope: 'col', ...look(column) }, column.head));
  const lines = rows.map((row) => {
    const [first, ...rest] = columns;
    const head = element('th', { scope: 'row', ...look(first) }, first.cell(row));
    return element('tr', {}, head, ...rest.map((column) => element('td', look(column), column.cell(row))));
  });
  const made = element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...lines),
  );
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption }, made);
}

/**
 * Makes a list of names with what each is.
 *
 * @param {...(readonly [name: string, value: Node | string])} facts
 */
export function facts(...facts) {
  const pairs = facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element('dl', {}, ...pairs);
}

/**
 * Makes a part of a view with its heading.
 *
 * @param {string} heading
 * @param {...(Node | string | null | undefined)} children
 */
export function part(heading, ...children) {
  return element('section', { 'aria-label': heading }, element('h2', {}, heading), ...children);
}

/**
 * Puts new nodes in the place of what a host has. What is as it was is left alone; where somebody was in what goes, he is put on what has its name now.
 *
 * @param {HTMLElement} host
 * @param {...Node} nodes
 */
export function renew(host, ...nodes) {
  const fresh = element('div', {}, ...nodes);
  const same = fresh.childNodes.length === host.childNodes.length;
  if (same && [...fresh.childNodes].every((node, index) => node.isEqualNode(host.childNodes[index]))) return;
  const active = host.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
  host.replaceChildren(...nodes);
  if (active === undefined) return;
  const again = [...host.querySelectorAll('a, button, input, select, [tabindex]')].find(
    (one) => nameOf(one) === active,
  );
  (again ?? document.querySelector('main')).focus({ preventScroll: true });
}

function nameOf(node) {
  return `${node.tagName} ${node.getAttribute('aria-label') ?? node.getAttribute('name') ?? node.textContent}`;
}

/**
 * Does something, and says what went wrong in the page's alert.
 *
 * @param {() => Promise<unknown>} work
 */
export async function attempt(work) {
  trouble('');
  try {
    await work();
  } catch (error) {
    trouble(wordsOf(error));
  }
}

/** @param {Error & { readonly name: string }} error @returns {string} */
export function wordsOf(error) {
  return error instanceof TypeError ? 'The portal cannot be reached. Please try again.' : error.message;
}

/** @param {string} text Said politely to whoever listens to the page. */
export function say(text) {
  document.querySelector('#status').textContent = text;
}

/** @param {string} text Said at once; nothing where empty. */
export function trouble(text) {
  document.querySelector('#trouble').textContent = text;
  if (text !== '') say('');
}
