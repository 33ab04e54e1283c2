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
 * Makes a field with its label.
 *
 * @param {string} text
 * @param {Record<string, unknown>} attributes Of the input.
 */
export function field(text, attributes) {
  return element('label', {}, text, element('input', { required: true, ...attributes }));
}

/**
 * Makes a form whose button rests until what it asked for has been answered.
 *
 * @param {string} label Of the button.
 * @param {readonly Node[]} parts
 * @param {(given: FormData) => Promise<unknown>} submit
 */
export function form(label, parts, submit) {
  const button = element('button', { type: 'submit' }, label);
  const onsubmit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await attempt(() => submit(new FormData(event.target)));
    } finally {
      button.disabled = false;
    }
  };
  return element('form', { onsubmit, 'aria-label': label }, ...parts, button);
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
    trouble(error instanceof TypeError ? 'The portal cannot be reached. Please try again.' : error.message);
  }
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
