import { showAuction } from './auction.js';
import { attempt, element, say, trouble } from './dom.js';
import { showPassbook, showPassbooks } from './passbook.js';
import { showScheme, showSchemes } from './schemes.js';
import { showScore } from './score.js';
import { signOut, whoIsIn } from './session.js';
import { showSignIn } from './sign-in.js';

/** What stands at which address behind `#`; each view gives its title, its nodes, and how to leave it. */
const VIEWS = [
  [/^\/sign-in$/, showSignIn],
  [/^\/schemes$/, showSchemes],
  [/^\/schemes\/([\w-]+)$/, showScheme],
  [/^\/schemes\/([\w-]+)\/draws\/(\d+)$/, showAuction],
  [/^\/passbooks$/, showPassbooks],
  [/^\/passbooks\/([\w-]+)$/, showPassbook],
  [/^\/score$/, showScore],
];

const view = document.querySelector('#view');
let leave = () => {};
let turn = 0;

/** Shows what the address asks for. A view that is slow to come does not replace one that was asked for later. */
async function show() {
  const mine = ++turn;
  const asked = location.hash.slice(1);
  if (whoIsIn() === undefined && asked !== '/sign-in') {
    location.hash = '#/sign-in';
    return;
  }
  leave();
  leave = () => {};
  say('');
  trouble('');
  const [pattern, make] = VIEWS.find(([one]) => one.test(asked)) ?? VIEWS[1];
  view.setAttribute('aria-busy', 'true');
  await attempt(async () => {
    const made = await make(...(pattern.exec(asked)?.slice(1) ?? []));
    if (mine !== turn) return made.leave?.();
    leave = made.leave ?? leave;
    document.title = `${made.title} · Chit portal`;
    view.replaceChildren(element('h1', {}, made.title), ...made.nodes);
    view.focus();
  });
  if (mine === turn) view.removeAttribute('aria-busy');
  showWho();
}

function showWho() {
  const user = whoIsIn();
  document.querySelector('#nav').hidden = user === undefined;
  for (const link of document.querySelectorAll('#nav a')) {
    if (location.hash.startsWith(link.getAttribute('href'))) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.querySelector('#who').textContent = user ? `${user.fullName} (${user.role.toLowerCase()})` : '';
}

document.querySelector('.skip').addEventListener('click', (event) => {
  // The part of the address behind `#` names the view.
  event.preventDefault();
  view.focus();
});
document.querySelector('#sign-out').addEventListener('click', () =>
  attempt(async () => {
    await signOut().finally(() => {
      location.hash = '#/sign-in';
    });
  }),
);
addEventListener('hashchange', show);
show();
