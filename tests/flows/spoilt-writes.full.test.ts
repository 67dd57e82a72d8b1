import { describeSpoiltWrites, everyWriteWith } from './spoilt-writes.js';

describeSpoiltWrites(
  'a write to HubSpot that goes wrong before anything happened',
  everyWriteWith(
    'rate-limit-rolling',
    'rate-limit-secondly',
    'server-error',
    'bad-gateway-html',
    'locked',
    'drop',
    'hang',
  ),
  240_000,
);

describeSpoiltWrites(
  'a write to HubSpot that was carried out all the same',
  everyWriteWith(
    'ok-instead-of-created',
    'no-content-type',
    'apply-then-server-error',
    'apply-then-bad-gateway',
    'apply-then-hang',
  ),
  240_000,
);
