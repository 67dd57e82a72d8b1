import { describeWith } from '../support/services.js';
import { describeKills } from './kill-matrix.js';
import { embeddedGround, serverGround } from './kill-grounds.js';
import { hubspotRoad } from './hubspot-road.js';
import type { KillRoad } from './kill-road.js';
import { salesforceRoad } from './salesforce-road.js';

describeKills('the service on its embedded database, waking itself', embeddedGround, salesforceRoad);

/** On a server only what HubSpot's road does not have there: the rest is the same code on the same rows. */
const ownRoad: KillRoad = {
  ...salesforceRoad,
  points: salesforceRoad.points.filter(({ name }) => !hubspotRoad.points.some((point) => point.name === name)),
};

describeWith('postgres', 'with a database server', () => {
  describeWith('redis', 'and Redis', () => {
    describeKills('the service on PostgreSQL, woken through Redis', () => serverGround(8), ownRoad);
  });
});
