import { accessMigration } from './access/0120-access.migration.js';
import { keyRightsMigration } from './access/0621-key-rights.migration.js';
import { operatorRightsMigration } from './access/0790-operator-rights.migration.js';
import { peopleMigration } from './access/0800-people.migration.js';
import { auditMigration } from './audit/0100-audit.migration.js';
import { auditPeopleMigration } from './audit/0795-audit-people.migration.js';
import { mailChoicesMigration } from './notices/0930-mail-choices.migration.js';
import { mailsToStrangersMigration } from './notices/0931-mails-to-strangers.migration.js';
import { mailsMigration } from './notices/0810-mails.migration.js';
import { creditingMigration } from './crediting/0500-crediting.migration.js';
import { linesWithoutDealMigration } from './crediting/0670-lines-without-deal.migration.js';
import { customerPaymentsMigration } from './crediting/0640-customer-payments.migration.js';
import { manualDecisionsMigration } from './crediting/0680-manual-decisions.migration.js';
import { volumesMigration } from './crediting/0710-volumes.migration.js';
import { dealSupplementsMigration } from './crediting/0660-deal-supplements.migration.js';
import { missingCommissionsMigration } from './guard/0901-missing-commissions.migration.js';
import { unlinkMigration } from './guard/0902-unlink.migration.js';
import { guardMigration } from './guard/0750-guard.migration.js';
import { journalMigration } from './ledger/0110-journal.migration.js';
import { applicationsMigration } from './partners/0830-applications.migration.js';
import { agreementsMigration } from './partners/0831-agreements.migration.js';
import { termsReasonsMigration } from './partners/0832-terms-reasons.migration.js';
import { erasureMigration } from './desk/0890-erasure.migration.js';
import { disputesMigration } from './desk/0870-disputes.migration.js';
import { heldFormsMigration } from './registration/0881-held-forms.migration.js';
import { mailsByMailboxMigration } from './notices/0880-mails-by-mailbox.migration.js';
import { partnersMigration } from './partners/0140-partners.migration.js';
import { partnerMetricsMigration } from './partners/0650-partner-metrics.migration.js';
import { partnerTermsMigration } from './partners/0630-partner-terms.migration.js';
import { payoutsMigration } from './payouts/0550-payouts.migration.js';
import { plansMigration } from './plans/0180-plans.migration.js';
import { planApprovalMigration } from './plans/0620-plan-approval.migration.js';
import { workMigration } from './platform/0001-work.migration.js';
import type { Migration } from './platform/migration.js';
import { formChoicesMigration } from './program/0920-form-choices.migration.js';
import { exchangeRatesMigration } from './program/0135-exchange-rates.migration.js';
import { programMigration } from './program/0130-program.migration.js';
import { erasedContactsMigration } from './registration/0891-erased-contacts.migration.js';
import { formValuesMigration } from './registration/0820-form-values.migration.js';
import { unconfirmedSubmissionsMigration } from './registration/0821-unconfirmed-submissions.migration.js';
import { registrationMigration } from './registration/0200-registration.migration.js';
import { prospectKeysMigration } from './registration/0610-prospect-keys.migration.js';
import { registrationSharesMigration } from './registration/0690-registration-shares.migration.js';
import { repViewMigration } from './rep-view/0600-rep-view.migration.js';
import { shownViewsMigration } from './rep-view/0770-shown-views.migration.js';
import { callAccountsMigration } from './sync/0780-call-accounts.migration.js';
import { refreshLeaseOwnerMigration } from './sync/0720-refresh-lease-owner.migration.js';
import { leadsMigration } from './sync/0730-leads.migration.js';
import { mergedDealsMigration } from './sync/0700-merged-deals.migration.js';
import { reviewApprovalsMigration } from './registration/0855-review-approvals.migration.js';
import { reviewsMigration } from './registration/0850-reviews.migration.js';
import { linksByRecordMigration } from './sync/0903-links-by-record.migration.js';
import { webSignInMigration } from './sync/0910-web-sign-in.migration.js';
import { syncMigration } from './sync/0300-sync.migration.js';
import { strayDealsMigration } from './watch/0740-stray-deals.migration.js';
import { changeFeedsMigration } from './watch/0760-change-feeds.migration.js';
import { changesAfterWinMigration } from './watch/0904-changes-after-win.migration.js';
import { stampedPartnerMigration } from './watch/0940-stamped-partner.migration.js';
import { winsByAddressMigration } from './watch/0942-wins-by-address.migration.js';
import { remindedOfMigration } from './registration/0941-reminded-of.migration.js';
import { unclaimedWinsMigration } from './watch/0900-unclaimed-wins.migration.js';
import { watchMigration } from './watch/0400-watch.migration.js';

/** Every step of the schema, in the order of their numbers. A new step gets a higher number than any merged one. */
export const migrations: readonly Migration[] = [
  workMigration,
  auditMigration,
  journalMigration,
  accessMigration,
  programMigration,
  exchangeRatesMigration,
  partnersMigration,
  plansMigration,
  registrationMigration,
  syncMigration,
  watchMigration,
  creditingMigration,
  payoutsMigration,
  repViewMigration,
  prospectKeysMigration,
  planApprovalMigration,
  keyRightsMigration,
  partnerTermsMigration,
  customerPaymentsMigration,
  partnerMetricsMigration,
  dealSupplementsMigration,
  linesWithoutDealMigration,
  manualDecisionsMigration,
  registrationSharesMigration,
  mergedDealsMigration,
  volumesMigration,
  refreshLeaseOwnerMigration,
  leadsMigration,
  strayDealsMigration,
  guardMigration,
  changeFeedsMigration,
  shownViewsMigration,
  callAccountsMigration,
  operatorRightsMigration,
  auditPeopleMigration,
  peopleMigration,
  mailsMigration,
  formValuesMigration,
  unconfirmedSubmissionsMigration,
  applicationsMigration,
  agreementsMigration,
  termsReasonsMigration,
  reviewsMigration,
  reviewApprovalsMigration,
  disputesMigration,
  mailsByMailboxMigration,
  heldFormsMigration,
  erasureMigration,
  erasedContactsMigration,
  unclaimedWinsMigration,
  missingCommissionsMigration,
  unlinkMigration,
  linksByRecordMigration,
  changesAfterWinMigration,
  webSignInMigration,
  formChoicesMigration,
  mailChoicesMigration,
  mailsToStrangersMigration,
  stampedPartnerMigration,
  remindedOfMigration,
  winsByAddressMigration,
];
