import { List, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Registration } from '../api/shapes.js';
import { Facts } from '../parts/facts.js';
import { Section } from '../parts/section.js';
import { useFormat } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { AssignButton } from './assign-button.js';

/** Who answers, what the evidence speaks for and why, and which steps were taken. */
export function ReviewSection({ registration }: { readonly registration: Registration }) {
  const { say, sayOf } = useWords();
  const format = useFormat();
  const { review } = registration;
  if (review === undefined || (review.since === null && review.duplicateOf === null)) return null;
  const { recommendation, approvals, next, duplicateOf } = review;
  return (
    <Section title={say('review.title')}>
      {recommendation !== null && (
        <>
          <Text fw={500}>{sayOf('recommend', recommendation.action)}</Text>
          <Text size="sm">{sayOf('recommendWhy', recommendation.action)}</Text>
          {recommendation.because.length > 0 && (
            <List size="sm">
              {recommendation.because.map(({ objectType, reference, label, code, matchedBy }) => (
                <List.Item key={`${objectType}:${reference}:${code}`}>
                  {sayOf('code', code)}: {label} ({say('conflicts.matchedBy')}: {sayOf('matchedBy', matchedBy)})
                </List.Item>
              ))}
            </List>
          )}
        </>
      )}
      <Facts
        facts={[
          [say('review.since'), review.since && format.moment(review.since)],
          [
            say('reviews.assignee'),
            review.since === null ? null : <AssignButton key="assign" registration={registration} />,
          ],
          [
            say('review.duplicateOf'),
            duplicateOf && (
              <Link key="original" to={`/registrations/${duplicateOf}`}>
                {duplicateOf}
              </Link>
            ),
          ],
          ...approvals.map(({ step, name, approver, at }): [string, string] => [
            say('review.step', { step, name }),
            `${approver}, ${format.moment(at)}`,
          ]),
          [
            say('review.next'),
            next && say('review.nextStep', { step: next.step, name: next.name, role: sayOf('role', next.role) }),
          ],
        ]}
      />
    </Section>
  );
}
