import { describeKills } from './kill-matrix.js';
import { embeddedGround } from './kill-grounds.js';
import { pointsNamed } from './kill-points.js';

describeKills(
  'the service on its embedded database, killed on the way',
  embeddedGround,
  pointsNamed('after writing the deal', 'when the journal entry is booked, not yet committed'),
);
