// Run once by mongosh, within mongo1's own network: the replica set, and the user that Assidu comes as.
const members = ['mongo1', 'mongo2', 'mongo3'].map((host, _id) => ({ _id, host: `${host}:27017` }));
try {
  rs.initiate({ _id: 'assidu', members });
} catch (error) {
  if (error.codeName !== 'AlreadyInitialized' && error.codeName !== 'Unauthorized') throw error;
}
for (let tries = 0; !db.hello().isWritablePrimary && db.hello().primary === undefined; tries += 1) {
  if (tries > 60) throw new Error('the replica set has no primary');
  sleep(1000);
}
// Only the primary takes it; when another member is that, restarting this service after a step-down does.
if (!db.hello().isWritablePrimary)
  throw new Error(`the primary is ${db.hello().primary}: make mongo1 step up`);
try {
  db.getSiblingDB('assidu').createUser({
    user: 'assidu',
    pwd: process.env.MONGODB_PASSWORD,
    roles: [{ role: 'dbOwner', db: 'assidu' }],
  });
} catch (error) {
  // There is a user already: this has run before.
  if (error.codeName !== 'Unauthorized' && error.codeName !== 'Location51003') throw error;
}
