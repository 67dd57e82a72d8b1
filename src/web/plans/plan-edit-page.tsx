import { useParams } from 'react-router';
import { ApiProblem } from '../api/problem.js';
import { useList } from '../api/queries.js';
import type { PlanVersion } from '../api/shapes.js';
import { Fault } from '../parts/fault.js';
import { Outline, Page } from '../parts/page.js';
import { useWords } from '../words/use-words.js';
import { Workbench } from './editor/workbench.js';

/** Where a plan is written: its document beside what it promises, what changed, what it would pay, and scenarios. */
export default function PlanEditPage() {
  const { say } = useWords();
  const { slug = '' } = useParams();
  const query = useList<PlanVersion>(`/api/v1/plans/${encodeURIComponent(slug)}`);
  const isNew = query.error instanceof ApiProblem && query.error.code === 'plan-not-found';
  const versions = isNew ? [] : query.items;
  return (
    <Page
      title={say('planEdit.title', { plan: slug })}
      back={{ to: `/plans/${slug}`, label: say('plan.title', { plan: slug }) }}
    >
      {query.error !== null && !isNew && <Fault error={query.error} retry={() => void query.refetch()} />}
      {versions === undefined && query.error === null && <Outline />}
      {versions !== undefined && <Workbench key={slug} slug={slug} versions={versions} />}
    </Page>
  );
}
