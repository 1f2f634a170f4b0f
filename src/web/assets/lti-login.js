// Keeps the login's secret where no cookie is needed, then goes on to the platform.
const form = document.getElementById('continue');
const { state, bind } = form.dataset;

function keep() {
  try {
    sessionStorage.setItem(`assidu-login-${state}`, bind);
    return true;
  } catch {
    return false;
  }
}

if (keep() || navigator.cookieEnabled) {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, value);
  // A navigation, not a submission: form-action would also bind where the platform redirects to,
  // and this page does not belong in the history.
  location.replace(url);
} else {
  form.hidden = true;
  document.getElementById('blocked').hidden = false;
}
