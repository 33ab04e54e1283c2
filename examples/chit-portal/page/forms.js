import { element, trouble, wordsOf } from './dom.js';

/**
 * Makes a field with its label, its hint and a place for what is wrong with it.
 *
 * @param {string} text
 * @param {Record<string, unknown> & { readonly hint?: string }} attributes Of the input; what is none is required.
 */
export function field(text, { hint, ...attributes }) {
  return labelled(text, hint, (more) => element('input', { required: true, ...more, ...attributes }));
}

/**
 * Makes a field for an amount in rupees. What is written stays a text.
 *
 * @param {string} text
 * @param {Record<string, unknown>} attributes
 */
export function amountField(text, attributes) {
  const form = { inputmode: 'decimal', autocomplete: 'off', pattern: '(0|[1-9][0-9]{0,14})(\\.[0-9]{1,2})?' };
  return field(text, { ...form, 'data-wrong': 'Please write an amount in rupees, such as 1250.00.', ...attributes });
}

/**
 * Makes a field that offers some values.
 *
 * @param {string} text
 * @param {string} name
 * @param {readonly (readonly [value: string, text: string])[]} options
 */
export function choice(text, name, options) {
  const made = options.map(([value, shown]) => element('option', { value }, shown));
  return labelled(text, undefined, (more) => element('select', { name, ...more }, ...made));
}

/**
 * Makes a form whose button rests until what it asked for has been answered. What is wrong with a field is said beside it, and whoever writes is put there.
 *
 * @param {string} label Of the button.
 * @param {readonly Node[]} parts
 * @param {(given: FormData) => Promise<unknown>} submit
 * @param {string} [name] Of the form, where the button alone does not say it.
 */
export function form(label, parts, submit, name = label) {
  const button = element('button', { type: 'submit' }, label);
  const made = element('form', { novalidate: true, 'aria-label': name }, ...parts, button);
  let busy = false;
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    const wrong = checked([...made.elements]);
    if (wrong !== undefined) return pointTo(wrong);
    // The button is not disabled: whoever is on it stays there.
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    trouble('');
    try {
      await submit(new FormData(made));
    } catch (error) {
      const meant = error.field && made.elements.namedItem(error.field);
      mark(meant, wordsOf(error));
      if (meant) pointTo(meant);
      else trouble(wordsOf(error));
    } finally {
      busy = false;
      button.removeAttribute('aria-disabled');
    }
  });
  return made;
}

/** Says beside each field what is wrong with it, and gives the first. */
function checked(controls) {
  for (const one of controls) mark(one, one.validity.valid ? '' : (one.dataset.wrong ?? 'Please fill this in.'));
  return controls.find((one) => !one.validity.valid);
}

function labelled(text, hint, make) {
  const id = `field-${++fields}`;
  const described = hint === undefined ? `${id}-wrong` : `${id}-hint ${id}-wrong`;
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, text),
    hint === undefined ? null : element('span', { class: 'hint', id: `${id}-hint` }, hint),
    make({ id, 'aria-describedby': described }),
    element('span', { class: 'wrong', id: `${id}-wrong` }),
  );
}

/** Says beside a field what is wrong with it; nothing where empty. */
function mark(control, text) {
  const place = control?.id && document.getElementById(`${control.id}-wrong`);
  if (!place) return;
  place.textContent = text;
  if (text === '') control.removeAttribute('aria-invalid');
  else control.setAttribute('aria-invalid', 'true');
}

function pointTo(control) {
  trouble(document.getElementById(`${control.id}-wrong`).textContent);
  control.focus();
}

let fields = 0;
