// Pages of a session that no cookie holds for: links and forms of the launch are asked for with the session's header,
// and each answer replaces the document as a navigation would.
import { replaceDocument } from './replace-document.js';

const header = 'Assidu-Session';

/** Shows `first`, then follows what the person does. Resolves with whether that first page came. */
export async function startPages({ launch, secret, failed, first, ended }) {
  const base = basePath(new URL(first).pathname, launch);
  const ours = ({ origin, pathname }) =>
    origin === location.origin && (pathname === base || pathname.startsWith(`${base}/`));
  let shown = '';
  let turns = 0;
  let posting = false;

  /** `how`: push, replace or keep the entry of the history. False when nothing came. */
  async function visit(url, { init = {}, how = 'push', y = 0, aside = null } = {}) {
    turns += 1;
    const turn = turns;
    document.documentElement.setAttribute('aria-busy', 'true');
    try {
      const headers = { [header]: secret, Accept: 'text/html,*/*;q=0.8' };
      // Neither secret nor form leaves this origin, whatever a redirect says.
      const answer = await fetch(url, { ...init, headers, mode: 'same-origin', cache: 'no-store' });
      // A later click has overtaken this one.
      if (turn !== turns) return true;
      if (answer.status === 401) ended();
      const elsewhere = answer.headers.get('Assidu-Location');
      if (elsewhere) {
        location.assign(elsewhere);
        return true;
      }
      if (isPage(answer)) {
        await show(answer, new URL(url), { how, y, posted: init.method === 'POST' });
        if (aside) goOn(aside);
      } else if (answer.ok) await save(answer);
      else throw new Error(`${answer.status}`);
      return true;
    } catch {
      aside?.close();
      if (turn === turns) tellFailure();
      return false;
    } finally {
      if (turn === turns) document.documentElement.removeAttribute('aria-busy');
    }
  }

  async function show(answer, asked, { how, y, posted }) {
    const html = await answer.text();
    const isAnswerToPost = posted && !answer.redirected;
    const to = new URL(isAnswerToPost ? location.href : answer.url);
    if (!isAnswerToPost) to.hash = asked.hash;
    if (how !== 'keep') history[how === 'push' ? 'pushState' : 'replaceState']({ y: 0 }, '', to);
    // What a form answered is at no address: going back asks for the page anew.
    shown = isAnswerToPost ? '' : pathOf(to);
    replaceDocument(html, { hash: to.hash, y });
  }

  /** Sends a window of its own where the page that came says. */
  function goOn(aside) {
    const address = document.querySelector('a[data-onward]')?.href;
    if (address === undefined) aside.close();
    else {
      aside.opener = null;
      aside.location.replace(address);
    }
  }

  function tellFailure() {
    const main = document.querySelector('main');
    main.querySelector('[role=alert]')?.remove();
    const alert = Object.assign(document.createElement('p'), { role: 'alert', className: 'notice' });
    main.prepend(alert);
    alert.textContent = failed;
  }

  document.addEventListener('click', (event) => {
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target.closest?.('a[href]');
    if (event.defaultPrevented || !plain || !link || !ours(link)) return;
    if (link.hash !== '' && pathOf(link) === shown) return;
    if (follow(link.href, link.target)) event.preventDefault();
  });

  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    const said = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
    const url = new URL(said('action') || location.href, location.href);
    const method = said('method').toLowerCase();
    if (event.defaultPrevented || method === 'dialog' || !ours(url)) return;
    const data = new FormData(form, submitter);
    if (method !== 'post') {
      url.search = new URLSearchParams(data);
      if (follow(url.href, said('target'))) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (posting) return;
    posting = true;
    const body = said('enctype') === 'multipart/form-data' ? data : new URLSearchParams(data);
    // A window may be opened only while the click is fresh; where it goes is known later.
    const aside = form.matches('[data-aside]') ? window.open('', '_blank') : null;
    visit(url.href, { init: { method: 'POST', body }, aside }).finally(() => {
      posting = false;
    });
  });

  /** Goes where a link or a GET form leads; false when the browser should do that itself. */
  function follow(href, target) {
    if (['', '_self', window.name].includes(target)) {
      visit(href);
      return true;
    }
    // A window of ours asks this one for the secret: it must know who opened it.
    return target === '_blank' && window.open(href, '_blank') !== null;
  }

  history.scrollRestoration = 'manual';
  let scrolled;
  addEventListener('scroll', () => {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => {
      if (pathOf(location) === shown) history.replaceState({ y: scrollY }, '');
    }, 200);
  });
  addEventListener('popstate', ({ state }) => {
    clearTimeout(scrolled);
    if (pathOf(location) !== shown) visit(location.href, { how: 'keep', y: state?.y ?? 0 });
    else if (state) scrollTo(0, state.y);
  });

  // A reload from here on asks for this page, not once more for what answered a form.
  history.replaceState(null, '', first);
  return visit(first, { how: 'replace' });
}

/** Up to the launch's id, under whatever path this product is published. */
function basePath(path, launch) {
  const own = `/app/${launch}`;
  return path.slice(0, path.indexOf(own) + own.length);
}

const pathOf = ({ pathname, search }) => pathname + search;

const isPage = ({ headers }) =>
  /^text\/html\b/.test(headers.get('content-type') ?? '') &&
  !/^attachment\b/.test(headers.get('content-disposition') ?? '');

/** Hands a file to the browser's downloads, under the name it was given. */
async function save(answer) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = fileName(answer);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function fileName({ headers, url }) {
  const said = headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(said)?.[1];
  const quoted = /filename="([^"]*)"/i.exec(said)?.[1] ?? /filename=([^;\s]+)/i.exec(said)?.[1];
  return encoded ? decodeURIComponent(encoded) : (quoted ?? new URL(url).pathname.split('/').at(-1));
}
