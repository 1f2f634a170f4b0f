// Opens content in a window of its own in one click: the window while the click is fresh, its address once it is known.
document.addEventListener('submit', async (event) => {
  const { target: form } = event;
  // Where no cookie holds, session-pages.js has taken the form already.
  if (event.defaultPrevented || !form.matches('form[data-aside]')) return;
  const aside = window.open('', '_blank');
  if (aside === null) return;
  event.preventDefault();
  const address = await onward(form).catch(() => null);
  if (address === null) {
    aside.close();
    form.submit();
    return;
  }
  aside.opener = null;
  aside.location.replace(address);
  const opened = document.querySelector('[data-opened]');
  if (opened) opened.hidden = false;
});

async function onward(form) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: 'POST', body, mode: 'same-origin', cache: 'no-store' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('a[data-onward]')?.href ?? null;
}
