// Leaves the login's secret wherever this browser lets it stay beside the cookie, then goes on to the platform.
import { platformStorage } from './platform-storage.js';

const form = document.getElementById('continue');
const { state, bind, storageTarget } = form.dataset;
const key = `assidu-login-${state}`;

function keptInSession() {
  try {
    sessionStorage.setItem(key, bind);
    return sessionStorage.getItem(key) === bind;
  } catch {
    return false;
  }
}

/** Whether cookies like the one of this page's answer, which no script can see, stay. */
function cookiesStay() {
  // Not the cookieStore: it is not in every browser, nor under a platform without https.
  const test = '__Host-assidu-test=1';
  const set = (life) => {
    document.cookie = `${test}; Path=/; Max-Age=${life}; Secure; SameSite=None; Partitioned`;
    return document.cookie.includes(test);
  };
  const stays = set(60);
  set(0);
  return stays;
}

async function keptByPlatform() {
  const storage = await platformStorage(form);
  return storage !== null && (await storage.put(key, bind));
}

function goOn() {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, value);
  // A navigation, not a submission: form-action would also bind where the platform redirects to,
  // and this page does not belong in the history.
  location.replace(url);
}

const platform = keptByPlatform();
const here = [keptInSession(), cookiesStay()].includes(true);
// Who has no storage never answers: nobody waits for that where the browser itself keeps the secret.
const there = (storageTarget !== undefined || !here) && (await platform);
if (here || there) goOn();
else {
  const section = document.getElementById(window.parent === window ? 'refused' : 'blocked');
  const heading = section.querySelector('h2');
  document.querySelector('h1').textContent = heading.textContent;
  heading.remove();
  form.hidden = true;
  section.hidden = false;
}
