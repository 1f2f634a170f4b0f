/** Tells the platform how tall the page is, so that its frame needs no scroll bar of its own. */
const { platformOrigin } = document.documentElement.dataset;
if (platformOrigin && window.parent !== window) {
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ subject: 'lti.frameResize', height }, platformOrigin);
  }).observe(document.body);
}
