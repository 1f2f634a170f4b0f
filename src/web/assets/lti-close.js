// Tells the platform's window that registration is over (LTI Dynamic Registration 1.0 §3.5.3): the one that opened
// this window, or the one that frames it, under whichever of the platform's hosts it is.
const { targets } = document.getElementById('registered').dataset;
const platform = window.opener ?? (window.parent === window ? null : window.parent);
const button = document.getElementById('close');

function close() {
  for (const target of targets.split(' '))
    platform.postMessage({ subject: 'org.imsglobal.lti.close' }, target);
}

if (platform !== null) {
  button.hidden = false;
  button.addEventListener('click', close);
}
