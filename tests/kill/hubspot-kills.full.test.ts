import { describeWith } from '../support/services.js';
import { hubspotRoad } from './hubspot-road.js';
import { describeKills } from './kill-matrix.js';
import { embeddedGround, serverGround } from './kill-grounds.js';

describeKills('the service on its embedded database, waking itself', embeddedGround, hubspotRoad);

describeWith('postgres', 'with a database server', () => {
  describeWith('redis', 'and Redis', () => {
    describeKills('the service on PostgreSQL, woken through Redis', () => serverGround(9), hubspotRoad);
  });
});
