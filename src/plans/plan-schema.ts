import { z } from 'zod';
import type { Json } from '../platform/json.js';
import { planDocument } from './plan-document.js';

/**
 * The JSON Schema of a plan as people write it, by which editors complete it. What depends on several fields at once (bands in
 * order, parts that come to the whole) only the service checks.
 */
export function planSchema(): { readonly [name: string]: Json } {
  const schema = z.toJSONSchema(planDocument, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return { ...(JSON.parse(JSON.stringify(schema)) as { readonly [name: string]: Json }), title: 'Commission plan' };
}
