// Shows that this browser is the one that began the login: hands over what the login page kept.
const form = document.getElementById('proof');
const key = `assidu-login-${form.elements.namedItem('state').value}`;

try {
  form.elements.namedItem('bind').value = sessionStorage.getItem(key) ?? '';
  sessionStorage.removeItem(key);
} catch {
  // No storage in this frame: the server explains what to do.
}
form.submit();
