import { eventsOf } from './credited.js';
import { basedEarnings, withChurn, withRates } from './earning.js';
import { limited } from './limits.js';
import { linesOf, paidIn, type NaiveLine } from './parts.js';
import { accelerated, multiplied, withTiers } from './volume.js';
import type { World } from './world.js';

/**
 * Everything that should have been earned, a second time: written from the specification (design, section 3) and from plans as
 * documents, with arithmetic of its own, whole lists again and again, and nothing of the engine it is compared with. Where a
 * comment says "silent", the specification leaves the case open and this follows the engine.
 */
export function evaluateNaively(world: World): NaiveLine[] {
  const based = basedEarnings(world, eventsOf(world));
  const rated = withTiers(world, withRates(world, based));
  const weighed = multiplied(world, accelerated(world, rated));
  const held = limited(world, withChurn(weighed));
  return paidIn(world, held).flatMap((earning) => linesOf(world, earning));
}
