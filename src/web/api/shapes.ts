import type { z } from 'zod';
import type { Me as MeShape, waysInShape } from '../../access/me.api.js';
import type { invitationShape, issuedInvitation, offeredInvitation, personShape } from '../../access/people.api.js';
import type { balancesShape, commissionShape, explanationShape, whyShape } from '../../crediting/commission.api.js';
import type {
  begunSignInShape,
  completedSignInShape,
  connectionShape,
  disconnectedShape,
  examinedShape,
  provisionedShape,
} from '../../desk/connection.api.js';
import type { problemShape, registrationShape } from '../../desk/desk.api.js';
import type { deskCountsShape } from '../../desk/desk-counts.api.js';
import type { erasureShape, personExportShape } from '../../desk/erasure.api.js';
import type { disputeDetailShape, disputeShape } from '../../desk/dispute.api.js';
import type { overviewMonthShape, overviewShape } from '../../desk/overview.api.js';
import type { verdictShape } from '../../desk/signature.api.js';
import type { program } from '../../program/program.api.js';
import type { FormField, formShape, readChoicesShape, shownFormField } from '../../program/form-field.api.js';
import type { auditEntry } from '../../audit/audit.api.js';
import type { missingCommissionShape } from '../../guard/missing-commission.api.js';
import type { linkProposalShape } from '../../guard/link-proposal.api.js';
import type { LinkMoveView } from '../../guard/relink.api.js';
import type { bookVerdictShape, JournalEntryView } from '../../ledger/journal.api.js';
import type { mailChoiceShape } from '../../notices/mail-choice.api.js';
import type { mailShape } from '../../notices/mail.api.js';
import type { applicationDetailShape, applicationFormShape, applicationShape } from '../../partners/application.api.js';
import type { agreementShape, agreementSummaryShape, partnerAgreementShape } from '../../partners/agreement.api.js';
import type { partner, partnerTermsShape } from '../../partners/partner.api.js';
import type { statementShape } from '../../payouts/statement.api.js';
import type { estimateShape } from '../../crediting/estimate.api.js';
import type { planPreviewView } from '../../crediting/plan-preview.api.js';
import type { scenarioTrialView } from '../../crediting/scenario-trial.api.js';
import type { planCheckView } from '../../plans/plan-check.api.js';
import type { partnerPlan, planProposalView, planVersionView } from '../../plans/plan.api.js';
import type { ageingShape, reviewShape } from '../../review/review.api.js';
import type { conflictShape, decidedShape, submittedShape } from '../../registration/registration.api.js';
import type { crmFieldsShape, crmStagesShape } from '../../sync/crm-lists.api.js';
import type { changeAfterWinShape } from '../../watch/change-after-win.api.js';

/** What goes over the wire. Types only: the schemas themselves stay out of the bundle. */
export type Me = MeShape;
export type DeskCounts = z.output<typeof deskCountsShape>;
export type Registration = z.output<typeof registrationShape>;
export type Program = z.output<typeof program>;
export type LeadForm = z.output<typeof formShape>;
export type OwnField = z.output<typeof shownFormField>;
/** A question of the vendor's own, as the program's settings say it. */
export type Question = FormField;
export type ReadChoices = z.output<typeof readChoicesShape>;
export type CrmFields = z.output<typeof crmFieldsShape>;
export type CrmField = CrmFields['fields'][number];
export type CrmStages = z.output<typeof crmStagesShape>;
export type Submitted = z.output<typeof submittedShape>;
export type Decided = z.output<typeof decidedShape>;
export type Ageing = z.output<typeof ageingShape>;
export type RejectionCode = NonNullable<NonNullable<z.output<typeof reviewShape>['recommendation']>['code']>;
export type Conflict = z.output<typeof conflictShape>;
export type Connection = z.output<typeof connectionShape>;
export type BegunSignIn = z.output<typeof begunSignInShape>;
export type CompletedSignIn = z.output<typeof completedSignInShape>;
export type Disconnected = z.output<typeof disconnectedShape>;
export type Provisioned = z.output<typeof provisionedShape>;
export type Examined = z.output<typeof examinedShape>;
export type SetAside = z.output<typeof problemShape>;
export type Partner = z.output<typeof partner>;
export type Agreement = z.output<typeof agreementShape>;
export type AgreementSummary = z.output<typeof agreementSummaryShape>;
export type PartnerAgreement = z.output<typeof partnerAgreementShape>;
export type PartnerTerms = z.output<typeof partnerTermsShape>;
export type Overview = z.output<typeof overviewShape>;
export type OverviewMonth = z.output<typeof overviewMonthShape>;
export type Sum = Overview['openPipeline'][number];
export type Erasure = z.output<typeof erasureShape>;
export type PersonExport = z.output<typeof personExportShape>;
export type Dispute = z.output<typeof disputeShape>;
export type DisputeDetail = z.output<typeof disputeDetailShape>;
export type ApplicationForm = z.output<typeof applicationFormShape>;
export type Application = z.output<typeof applicationShape>;
export type ApplicationDetail = z.output<typeof applicationDetailShape>;
export type CommissionLine = z.output<typeof commissionShape>;
export type Explanation = z.output<typeof explanationShape>;
export type Why = z.output<typeof whyShape>;
export type Balances = z.output<typeof balancesShape>;
export type JournalEntry = JournalEntryView;
export type BookVerdict = z.output<typeof bookVerdictShape>;
export type AuditEntry = z.output<typeof auditEntry>;
export type MailChoice = z.output<typeof mailChoiceShape>;
export type Mail = z.output<typeof mailShape>;
export type LinkProposal = z.output<typeof linkProposalShape>;
export type LinkMove = LinkMoveView;
export type ChangeAfterWin = z.output<typeof changeAfterWinShape>;
export type MissingCommission = z.output<typeof missingCommissionShape>;
export type Statement = z.output<typeof statementShape>;
export type PlanVersion = z.output<typeof planVersionView>;
export type PlanProposal = z.output<typeof planProposalView>;
export type PlanCheck = z.output<typeof planCheckView>;
export type PlanPreview = z.output<typeof planPreviewView>;
export type ScenarioTrial = z.output<typeof scenarioTrialView>;
export type PartnerPlan = z.output<typeof partnerPlan>;
export type DealEstimate = z.output<typeof estimateShape>;
export type WaysIn = z.output<typeof waysInShape>;
export type OfferedInvitation = z.output<typeof offeredInvitation>;
export type Person = z.output<typeof personShape>;
export type Invitation = z.output<typeof invitationShape>;
export type IssuedInvitation = z.output<typeof issuedInvitation>;
export type SignatureVerdict = z.output<typeof verdictShape>;
