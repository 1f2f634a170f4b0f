// A slider beside the date field: it sets the date; letting go of it with the pointer asks for the figures of that day.
const DAY = 86_400_000;
const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' });

for (const box of document.querySelectorAll('.as-of-slider')) {
  const [slider] = box.getElementsByTagName('input');
  const [output] = box.getElementsByTagName('output');
  const form = box.closest('form');
  const field = form.elements.asOf;
  const zero = Date.parse(slider.dataset.from);
  let pointed = false;

  const tell = () => {
    const at = new Date(zero + slider.valueAsNumber * DAY);
    const date = words
      .format(at)
      .replace(/^1 (?=\p{Ll})/u, document.documentElement.lang === 'fr' ? '1er ' : '1 ');
    const text = `${date}, ${box.dataset.day.replace('#', slider.value)}`;
    output.value = text;
    slider.setAttribute('aria-valuetext', text);
    return at;
  };
  slider.addEventListener('pointerdown', () => {
    pointed = true;
  });
  slider.addEventListener('input', () => {
    field.value = tell().toISOString().slice(0, 10);
  });
  // By keyboard every step is a change: the button sends then.
  slider.addEventListener('change', () => {
    if (pointed) form.requestSubmit();
  });
  slider.addEventListener('keydown', () => {
    pointed = false;
  });
  tell();
  box.hidden = false;
}
