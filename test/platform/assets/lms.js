// The LMS's own script: submits the forms of a launch, lets the tool size its frame (lti.frameResize),
// and on Canvas says where it keeps what a tool stores with it (LTI Client Side postMessages).
for (const form of document.querySelectorAll('form[data-auto-submit]')) form.submit();

const { storage } = document.body.dataset;

/** The frame of this page whose document sent the message, or undefined. */
function frameOf(source) {
  return [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);
}

function parsed(data) {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

addEventListener('message', ({ data: said, source, origin }) => {
  const data = parsed(said);
  const frame = frameOf(source);
  if (frame === undefined || typeof data !== 'object' || data === null) return;
  if (data.subject === 'lti.frameResize' && Number(data.height) > 0)
    frame.style.height = `${Math.ceil(Number(data.height))}px`;
  // The tool's registration is over: its frame goes, the list of tools comes.
  if (data.subject === 'org.imsglobal.lti.close') location.assign('/admin/tools');
  if (data.subject !== 'lti.capabilities' || storage === undefined) return;
  const supported_messages = [
    { subject: 'lti.capabilities' },
    { subject: 'lti.put_data', frame: storage },
    { subject: 'lti.get_data', frame: storage },
    { subject: 'lti.frameResize' },
  ];
  const answer = { subject: 'lti.capabilities.response', message_id: data.message_id, supported_messages };
  source.postMessage(answer, origin);
});
