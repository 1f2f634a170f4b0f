// Where the secret of a launch's session stays: in this tab's storage of our origin, which browsers also part by the
// site around us; where that is refused, in this document alone.
const keyOf = (launch) => `assidu-session-${launch}`;
const subject = 'assidu.session';

export function keep(launch, secret) {
  try {
    sessionStorage.setItem(keyOf(launch), secret);
  } catch {
    // The document still has it, until it is reloaded.
  }
}

export function forget(launch) {
  try {
    sessionStorage.removeItem(keyOf(launch));
  } catch {
    // Then it was never there.
  }
}

export function kept(launch) {
  try {
    return sessionStorage.getItem(keyOf(launch)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Gives the secret to windows of ours that this document opened. */
export function share(launch, secret) {
  addEventListener('message', ({ source, origin, data }) => {
    if (origin === location.origin && data?.subject === subject && data.launch === launch)
      source.postMessage({ subject: `${subject}.response`, launch, secret }, origin);
  });
}

/** The secret from the document of ours that opened this window, if it answers within a second. */
export function sharedByOpener(launch) {
  const { opener } = window;
  if (!opener) return undefined;
  return new Promise((resolve) => {
    addEventListener('message', ({ source, origin, data }) => {
      const answer = source === opener && origin === location.origin;
      if (answer && data?.subject === `${subject}.response` && data.launch === launch) resolve(data.secret);
    });
    opener.postMessage({ subject, launch }, location.origin);
    setTimeout(resolve, 1000);
  });
}
