import { describeSpoiltWrites, everyWriteWith } from './spoilt-writes.js';

describeSpoiltWrites('a write to HubSpot whose answer is lost', everyWriteWith('apply-then-drop'), 60_000);
