// Carries a session that no cookie holds for: takes its secret from the page that answered the launch, or finds it
// again after a reload, and shows the launch's pages from then on.
import { startPages } from './session-pages.js';
import { forget, keep, kept, share, sharedByOpener } from './session-store.js';

const told = document.getElementById('session');
const { secret: given, location: first = location.href, failed } = told.dataset;
const launch = told.value;
const secret = given ?? kept(launch) ?? (await sharedByOpener(launch));

if (secret === undefined) told.remove();
else {
  keep(launch, secret);
  share(launch, secret);
  const ended = () => forget(launch);
  const arrived = await startPages({ launch, secret, failed, first, ended });
  if (!arrived) told.remove();
}
