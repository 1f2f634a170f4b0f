// The LMS's own script: submits the forms of a launch, lets the tool size its frame (lti.frameResize),
// and on Canvas keeps what a tool stores with the platform (LTI postMessage storage).
for (const form of document.querySelectorAll('form[data-auto-submit]')) form.submit();

const canvas = document.body.classList.contains('canvas');
const stored = new Map();

/** The frame of this page whose document sent the message, or undefined. */
function frameOf(source) {
  return [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
}

function answerTo({ data, origin }) {
  switch (data.subject) {
    case 'lti.capabilities':
      return {
        supported_messages: [
          { subject: 'lti.capabilities' },
          { subject: 'lti.put_data', frame: '_parent' },
          { subject: 'lti.get_data', frame: '_parent' },
          { subject: 'lti.frameResize' },
        ],
      };
    case 'lti.put_data': {
      const values = stored.get(origin) ?? new Map();
      stored.set(origin, values);
      if (data.value === null || data.value === undefined) values.delete(data.key);
      else values.set(data.key, data.value);
      return { key: data.key, value: data.value };
    }
    case 'lti.get_data':
      return { key: data.key, value: stored.get(origin)?.get(data.key) };
    default:
      return undefined;
  }
}

addEventListener('message', (event) => {
  let { data } = event;
  if (typeof data === 'string') {
    try {
      data = JSON.parse(data);
    } catch {
      return;
    }
  }
  if (typeof data !== 'object' || data === null || typeof data.subject !== 'string') return;
  const frame = frameOf(event.source);
  if (data.subject === 'lti.frameResize' && frame !== undefined && Number(data.height) > 0) {
    frame.style.height = `${Math.ceil(Number(data.height))}px`;
  }
  if (!canvas) return;
  const answer = answerTo({ data, origin: event.origin });
  if (answer === undefined) return;
  event.source.postMessage(
    { subject: `${data.subject}.response`, message_id: data.message_id, ...answer },
    event.origin,
  );
});
