// The storage a platform keeps for tools in a frame of its page (LTI Client Side postMessages 0.1, LTI postMessage
// Storage 0.1): asked of that frame, and believed from that frame and origin alone.
const patience = 2500;
const again = 400;
const host = window.parent === window ? window.opener : window.parent;

/** One question and its answer; undefined when none came in time. */
function ask(target, origins, to, message) {
  const message_id = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
  return new Promise((resolve) => {
    const end = (answer) => {
      clearInterval(repeat);
      clearTimeout(late);
      removeEventListener('message', hear);
      resolve(answer);
    };
    const hear = ({ source, origin, data }) => {
      if (source !== target || !origins.includes(origin) || typeof data !== 'object' || data === null) return;
      if (data.subject !== `${message.subject}.response` || data.message_id !== message_id) return;
      end(data.error ? undefined : data);
    };
    const say = () => target.postMessage({ ...message, message_id }, to);
    addEventListener('message', hear);
    // Its frame may still be loading.
    const repeat = setInterval(say, again);
    const late = setTimeout(end, patience);
    say();
  });
}

/** The frame of that name beside ours, or the platform's page itself. */
function frameNamed(name) {
  if (name === '_parent') return host;
  try {
    const frame = host.frames[name];
    return typeof frame.postMessage === 'function' ? frame : null;
  } catch {
    // Nothing of that name that another origin may see.
    return null;
  }
}

/** The platform's storage as the data attributes of `element` describe it; null where there is none. */
export async function platformStorage({ dataset }) {
  if (!host) return null;
  const { authOrigin, platformOrigins, storageTarget } = dataset;
  // This question holds no secret, and a platform of many hosts may answer from any of its own.
  const name = storageTarget ?? (await storageFrame([authOrigin, ...platformOrigins.split(' ')]));
  const frame = name === undefined ? null : frameNamed(name);
  if (frame === null) return null;
  const tell = (message) => ask(frame, [authOrigin], authOrigin, message);
  return {
    put: async (key, value) => (await tell({ subject: 'lti.put_data', key, value }))?.key === key,
    get: async (key) => {
      const answer = await tell({ subject: 'lti.get_data', key });
      return answer?.key === key && typeof answer.value === 'string' ? answer.value : undefined;
    },
  };
}

async function storageFrame(origins) {
  const answer = await ask(host, origins, '*', { subject: 'lti.capabilities' });
  const offers = Array.isArray(answer?.supported_messages) ? answer.supported_messages : [];
  const offer = offers.find((each) => each?.subject === 'lti.put_data');
  return offer && (typeof offer.frame === 'string' ? offer.frame : '_parent');
}
