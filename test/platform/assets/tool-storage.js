// Keeps values for the tools in the frames of the course page (LTI postMessage Storage 0.1): to each origin its own,
// answered to that origin alone, and only to frames of this page.
const most = 500;
const stored = new Map();

function isToolFrame(source) {
  return [...parent.document.querySelectorAll('iframe')].some(
    ({ contentWindow }) => contentWindow === source,
  );
}

function fault({ key, value, message_id, subject }) {
  if (typeof message_id !== 'string' || message_id === '') return 'message_id missing';
  if (typeof key !== 'string' || key === '') return 'key missing';
  const said = subject === 'lti.put_data' && value !== null && value !== undefined;
  if (said && typeof value !== 'string') return 'value is no text';
  return said && value.length > most ? 'value too long' : undefined;
}

addEventListener('message', ({ data, source, origin }) => {
  const asked = data?.subject === 'lti.put_data' || data?.subject === 'lti.get_data';
  if (!asked || source === null || !isToolFrame(source)) return;
  const { subject, message_id, key, value } = data;
  const values = stored.get(origin) ?? new Map();
  stored.set(origin, values);
  const message = fault(data);
  if (message === undefined && subject === 'lti.put_data') {
    if (value === null || value === undefined) values.delete(key);
    else values.set(key, value);
  }
  const answer =
    message === undefined
      ? { key, ...(values.has(key) ? { value: values.get(key) } : {}) }
      : { error: { code: 'bad_request', message } };
  source.postMessage({ subject: `${subject}.response`, message_id, ...answer }, origin);
});
