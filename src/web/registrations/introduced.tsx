import type { Registration } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** Whom the partner introduced, in its own words. */
export function Introduced({ registration }: { readonly registration: Registration }) {
  const { say } = useWords();
  const format = useFormat();
  const { company, contact, deal, fields, attestation } = registration;
  const hasAmount = deal.amount !== null && deal.currency !== null;
  const shown = ({ type, value, text }: Registration['fields'][number]) => {
    if (type === 'date') return format.day(text);
    if (typeof value === 'object' && 'amount' in value) return format.money(value.amount, value.currency);
    return type === 'long-text' ? <span style={{ whiteSpace: 'pre-line' }}>{text}</span> : text;
  };
  return (
    <Section title={say('registration.introduced')}>
      <Facts
        facts={[
          [say('field.company'), company.name],
          [say('field.domain'), company.domain],
          [say('field.country'), company.country],
          [say('field.contact'), contact && `${contact.firstName} ${contact.lastName}`],
          [say('field.email'), contact?.email],
          [say('field.phone'), contact?.phone],
          [say('field.deal'), deal.name],
          [say('field.product'), deal.product],
          [say('field.amount'), hasAmount && format.money(deal.amount ?? '', deal.currency ?? '')],
          [say('field.expectedClose'), deal.expectedCloseDate && format.day(deal.expectedCloseDate)],
          ...fields.map((answer) => [answer.label, shown(answer)] as const),
          [say('form.attested'), attestation && `${attestation.wording} (${format.moment(attestation.at)})`],
        ]}
      />
    </Section>
  );
}
