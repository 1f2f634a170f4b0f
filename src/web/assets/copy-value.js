// A button beside each value copies it; without permission to write there, the value is selected instead.
const told = document.getElementById('copied');

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return;
    }
    button.textContent = button.dataset.done;
    told.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      told.textContent = '';
    }, 2000);
  });
}
