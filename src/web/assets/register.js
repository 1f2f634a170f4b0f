// A register on a phone: a name is searched for and who is left is counted within the page, and what is ticked stays in
// this tab until it is saved, whatever becomes of the network. Without this, the form is sent and answered as any other.
const form = document.querySelector('form.register');
if (form) keepRegister(form);

function keepRegister(form) {
  const rows = [...form.querySelectorAll('.register-list > li')];
  const fields = [...form.querySelectorAll('[name^="status-"], [name^="minutes-"]')];
  const all = form.querySelector('[name="rest"]');
  const count = form.querySelector('[data-count]');
  const hidden = (name) => form.querySelector(`[data-${name}]`);
  // Of the same register in a later launch of this tab, too.
  const key = `assidu-register-${location.pathname.replace(/^.*?\/app\/[^/]+/, '')}?${new URLSearchParams(location.search).get('page') ?? 1}`;

  const choice = ({ type }) => type === 'radio';
  const isChanged = (field) =>
    choice(field) ? field.checked && !field.defaultChecked : field.value !== field.defaultValue;
  const seenOf = ({ name }) => form.elements.namedItem(name.replace(/^[a-z]+/, 'seen'))?.value;
  const isLeft = (row) =>
    'left' in row.dataset &&
    ![...row.querySelectorAll('[type="radio"]:checked')].every(({ value }) => value !== '');

  function tell() {
    for (const row of rows)
      row.toggleAttribute(
        'data-changed',
        fields.some((field) => row.contains(field) && isChanged(field)),
      );
    const done = rows.filter((row) => 'left' in row.dataset && !isLeft(row)).length;
    const page = rows.filter((row) => 'left' in row.dataset).length;
    if (count) count.textContent = count.dataset.count - (all?.checked ? page : done);
  }

  function narrow() {
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const wanted = plain(document.getElementById('register-search').value.trim());
    const only = document.getElementById('register-left')?.checked;
    for (const row of rows)
      row.hidden = !plain(row.querySelector('legend').textContent).includes(wanted) || (only && !isLeft(row));
    hidden('nobody').hidden = rows.some((row) => !row.hidden);
  }

  function keep() {
    const changed = fields
      .filter(isChanged)
      .map((field) => [field.name, { value: field.value, seen: seenOf(field) }]);
    try {
      if (changed.length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(changed));
    } catch {
      // Then it stays in the page alone.
    }
  }

  function restore() {
    let back = 0;
    try {
      for (const [name, { value, seen }] of JSON.parse(sessionStorage.getItem(key) ?? '[]'))
        for (const field of fields) {
          // What was recorded meanwhile is not written over.
          if (field.name !== name || seenOf(field) !== seen || (choice(field) && field.value !== value))
            continue;
          if (choice(field)) field.checked = true;
          else field.value = value;
          if (!choice(field) && value !== '') field.closest('details').open = true;
          back += isChanged(field) ? 1 : 0;
        }
    } catch {
      return;
    }
    hidden('draft').hidden = back === 0;
  }

  hidden('tools').hidden = false;
  if ('saved' in form.dataset) keepNothing();
  else restore();
  tell();

  function keepNothing() {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }

  form.addEventListener('input', ({ target }) => {
    if (target.closest('[data-tools]')) return narrow();
    keep();
    tell();
  });
  // Enter in the search must not send the register.
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.type === 'search') event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    hidden('offline').hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
}
