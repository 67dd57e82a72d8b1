import { useAnswer } from '../api/queries.js';
import type { PartnerPlan } from '../api/shapes.js';
import { Loaded, Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { Sentences } from '../plans/sentences.js';
import { Calculator } from './calculator.js';
import { useFormat, useMe } from '../shell/who.js';
import { useWords } from '../words/use-words.js';

/** What the plan in force today promises this partner. */
export default function PlanPage() {
  const { say } = useWords();
  const format = useFormat();
  const { partner } = useMe();
  const query = useAnswer<PartnerPlan>(`/api/v1/partners/${encodeURIComponent(partner?.id ?? '')}/plan`);
  return (
    <Page title={say('nav.plan')}>
      <Loaded query={query}>
        {(plan) => (
          <>
            <Section
              title={
                plan.version === null
                  ? say('plan.inForce')
                  : say('plan.heldOn', { plan: plan.version, day: format.day(plan.day) })
              }
            >
              <Sentences sentences={plan.sentences} none={say('plan.none')} />
            </Section>
            {plan.version !== null && <Calculator partnerId={partner?.id ?? ''} fields={plan.fields} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
