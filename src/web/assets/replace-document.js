// Puts a page in the place of the one that is shown, as a navigation would: language, title, body, scripts, focus.
const ran = new Set();
let pages = 0;

/** `hash`: the part to go to; `y`: how far down to begin otherwise. */
export function replaceDocument(html, { hash, y }) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  const scripts = [...next.querySelectorAll('script[src]')].map((script) => script.getAttribute('src'));
  for (const script of next.querySelectorAll('script')) script.remove();
  copyAttributes(next.documentElement, document.documentElement);
  replaceHead(next.head);
  document.body.replaceWith(document.adoptNode(next.body));
  pages += 1;
  for (const script of scripts) run(script);
  arrive(hash, y);
  announce(document.title);
}

function copyAttributes(from, to) {
  for (const { name } of [...to.attributes]) to.removeAttribute(name);
  for (const { name, value } of from.attributes) to.setAttribute(name, value);
}

/** Stylesheets that stay are left alone, so that nothing flickers. */
function replaceHead(next) {
  const sheet = (node) => node.matches('link[rel=stylesheet]') && node.getAttribute('href');
  const wanted = [...next.children];
  const present = [...document.head.children];
  const stays = (node, among) => sheet(node) && among.some((each) => sheet(each) === sheet(node));
  for (const node of present) if (!stays(node, wanted)) node.remove();
  for (const node of wanted) if (!stays(node, present)) document.head.append(document.adoptNode(node));
}

/** A module runs once a document, unless its address is another. */
function run(source) {
  const url = new URL(source, location.href);
  if (ran.has(url.href)) url.searchParams.set('page', pages);
  else ran.add(url.href);
  import(url.href);
}

function arrive(hash, y) {
  const part = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  const goal = part || document.querySelector('main');
  if (goal && goal.tabIndex < 0) goal.tabIndex = -1;
  goal?.focus({ preventScroll: true });
  if (part) part.scrollIntoView();
  else scrollTo(0, y);
}

/** A page that replaces another says its title to screen readers, as a browser's own navigation does. */
function announce(title) {
  const status = Object.assign(document.createElement('p'), { role: 'status', className: 'announced' });
  document.body.append(status);
  setTimeout(() => {
    status.textContent = title;
  }, 100);
}
