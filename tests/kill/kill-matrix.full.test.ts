import { describeWith } from '../support/services.js';
import { describeKills } from './kill-matrix.js';
import { embeddedGround, serverGround } from './kill-grounds.js';
import { crmPoints, sqlPoints } from './kill-points.js';

const everyPoint = [...crmPoints, ...sqlPoints];

describeKills('the service on its embedded database, waking itself', embeddedGround, everyPoint);

describeWith('postgres', 'with a database server', () => {
  describeWith('redis', 'and Redis', () => {
    describeKills('the service on PostgreSQL, woken through Redis', serverGround, everyPoint);
  });
});
