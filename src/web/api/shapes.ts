import type { z } from 'zod';
import type { Me as MeShape } from '../../access/me.api.js';
import type { balancesShape, commissionShape, explanationShape, whyShape } from '../../crediting/commission.api.js';
import type { connectionShape, problemShape, registrationShape } from '../../desk/desk.api.js';
import type { partner } from '../../partners/partner.api.js';
import type { statementShape } from '../../payouts/statement.api.js';
import type { partnerPlan, planVersionView } from '../../plans/plan.api.js';
import type { conflictShape, decidedShape, submittedShape } from '../../registration/registration.api.js';

/** What goes over the wire. Types only: the schemas themselves stay out of the bundle. */
export type Me = MeShape;
export type Registration = z.output<typeof registrationShape>;
export type Submitted = z.output<typeof submittedShape>;
export type Decided = z.output<typeof decidedShape>;
export type Conflict = z.output<typeof conflictShape>;
export type Connection = z.output<typeof connectionShape>;
export type SetAside = z.output<typeof problemShape>;
export type Partner = z.output<typeof partner>;
export type CommissionLine = z.output<typeof commissionShape>;
export type Explanation = z.output<typeof explanationShape>;
export type Why = z.output<typeof whyShape>;
export type Balances = z.output<typeof balancesShape>;
export type Statement = z.output<typeof statementShape>;
export type PlanVersion = z.output<typeof planVersionView>;
export type PartnerPlan = z.output<typeof partnerPlan>;
