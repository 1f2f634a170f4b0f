// Shows that this browser is the one that began the login: hands over what the login page left.
import { platformStorage } from './platform-storage.js';

const form = document.getElementById('proof');
const field = (name) => form.elements.namedItem(name);
const key = `assidu-login-${field('state').value}`;

function fromSession() {
  try {
    const bind = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return bind;
  } catch {
    return null;
  }
}

async function fromPlatform() {
  const storage = await platformStorage(form);
  const bind = await storage?.get(key);
  // Used once: it need not stay there.
  if (bind) storage.put(key, null);
  return bind;
}

// Without any the server explains what to do.
field('bind').value = fromSession() ?? (await fromPlatform()) ?? '';
form.submit();
