import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useList } from '../api/queries.js';
import type { PlanVersion } from '../api/shapes.js';
import { ListTable } from '../parts/list-table.js';
import { Page } from '../parts/page.js';
import { useFormat, useMay } from '../shell/who.js';
import { useWords } from '../words/use-words.js';
import { latestVersions } from './latest-versions.js';
import { NewPlan } from './new-plan.js';

/** The commission plans, each by its latest version. */
export default function PlansPage() {
  const { say } = useWords();
  const format = useFormat();
  const query = useList<PlanVersion>('/api/v1/plans');
  return (
    <Page title={say('plans.title')} aside={useMay('plans:apply') && <NewPlan />}>
      <ListTable
        caption={say('plans.title')}
        query={query}
        shown={latestVersions}
        empty={say('plans.none')}
        columns={[
          {
            title: say('plans.plan'),
            cell: ({ plan }) => (
              <Anchor component={Link} to={`/plans/${plan}`} fw={500} inherit>
                {plan}
              </Anchor>
            ),
            value: ({ plan }) => plan,
          },
          { title: say('plans.latest'), cell: ({ version }) => version, value: ({ version }) => version },
          {
            title: say('plans.from'),
            cell: ({ effectiveFrom }) => format.day(effectiveFrom),
            value: ({ effectiveFrom }) => effectiveFrom,
          },
          {
            title: say('plans.to'),
            cell: ({ effectiveTo }) => (effectiveTo === null ? say('plans.open') : format.day(effectiveTo)),
            value: ({ effectiveTo }) => effectiveTo,
          },
          { title: say('plans.author'), cell: ({ author }) => author ?? '–', value: ({ author }) => author },
          {
            title: say('plans.stored'),
            cell: ({ createdAt }) => format.moment(createdAt),
            value: ({ createdAt }) => createdAt,
          },
        ]}
      />
    </Page>
  );
}
