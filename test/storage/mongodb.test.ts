import { describe } from 'vitest';
import { mongoServer } from '../support/mongodb-server.ts';
import { openOn } from '../support/open-mongodb.ts';
import { ALL_OF_IT, SOME_OF_IT } from './contract/subject.ts';
import { describeStorageContract } from './contract.ts';
import { describeDocumentContract } from './document-contract.ts';

const server = await mongoServer();

describe.skipIf(server === null)('MongoDB', () => {
  const open = () => {
    if (server === null) throw new Error('skipped');
    return openOn(server);
  };
  describeStorageContract('MongoDB', open, server?.indexed === false ? SOME_OF_IT : ALL_OF_IT);
  describeDocumentContract('MongoDB', open);
});
