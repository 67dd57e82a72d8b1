import { createBrowserRouter, type RouteObject } from 'react-router';
import type { Me } from './api/shapes.js';
import { FirstPage } from './joining/agreement-asked.js';
import { Frame } from './shell/frame.js';
import { NotFoundPage } from './shell/not-found-page.js';
import { PageFault } from './shell/page-fault.js';

/** Each page is a file of its own that is fetched when it is first opened. */
const operatorPages: readonly RouteObject[] = [
  { path: 'reviews', lazy: () => page(import('./reviews/reviews-page.js')) },
  { path: 'overview', lazy: () => page(import('./overview/overview-page.js')) },
  { path: 'registrations', lazy: () => page(import('./registrations/registrations-page.js')) },
  { path: 'registrations/:id', lazy: () => page(import('./registrations/registration-page.js')) },
  { path: 'problems', lazy: () => page(import('./problems/problems-page.js')) },
  { path: 'connections', lazy: () => page(import('./connections/connections-page.js')) },
  { path: 'form', lazy: () => page(import('./form/form-page.js')) },
  { path: 'mapping', lazy: () => page(import('./mapping/mapping-page.js')) },
  { path: 'connections/callback', lazy: () => page(import('./connections/callback-page.js')) },
  { path: 'partners', lazy: () => page(import('./partners/partners-page.js')) },
  { path: 'partners/:id', lazy: () => page(import('./partners/partner-page.js')) },
  { path: 'partners/:id/statement', lazy: () => page(import('./own/statement-page.js')) },
  { path: 'applications', lazy: () => page(import('./joining/applications-page.js')) },
  { path: 'applications/:id', lazy: () => page(import('./joining/application-page.js')) },
  { path: 'agreement', lazy: () => page(import('./joining/agreements-page.js')) },
  { path: 'disputes', lazy: () => page(import('./disputes/disputes-page.js')) },
  { path: 'disputes/:id', lazy: () => page(import('./disputes/dispute-page.js')) },
  { path: 'people', lazy: () => page(import('./people/people-page.js')) },
  { path: 'privacy', lazy: () => page(import('./privacy/privacy-page.js')) },
  { path: 'plans', lazy: () => page(import('./plans/plans-page.js')) },
  { path: 'plans/:slug/edit', lazy: () => page(import('./plans/plan-edit-page.js')) },
  { path: 'plans/:slug', lazy: () => page(import('./plans/plan-page.js')) },
  { path: 'journal', lazy: () => page(import('./journal/journal-page.js')) },
  { path: 'audit', lazy: () => page(import('./audit/audit-page.js')) },
  { path: 'mails', lazy: () => page(import('./mails/mails-page.js')) },
  { path: 'my-mail', lazy: () => page(import('./mails/my-mail-page.js')) },
  { path: 'links', lazy: () => page(import('./links/links-page.js')) },
  { path: 'changes-after-win', lazy: () => page(import('./links/changes-page.js')) },
  { path: 'missing-commissions', lazy: () => page(import('./links/missing-page.js')) },
  { path: 'commissions', lazy: () => page(import('./commissions/commissions-page.js')) },
  { path: 'commissions/:id', lazy: () => page(import('./commissions/commission-page.js')) },
];

const partnerPages: readonly RouteObject[] = [
  { path: 'register', lazy: () => page(import('./own/register-page.js')) },
  { path: 'registrations', lazy: () => page(import('./own/own-registrations-page.js')) },
  { path: 'registrations/:id', lazy: () => page(import('./own/own-registration-page.js')) },
  { path: 'commissions', lazy: () => page(import('./commissions/commissions-page.js')) },
  { path: 'commissions/:id', lazy: () => page(import('./commissions/commission-page.js')) },
  { path: 'statement', lazy: () => page(import('./own/statement-page.js')) },
  { path: 'people', lazy: () => page(import('./own/people-page.js')) },
  { path: 'agreement', lazy: () => page(import('./joining/agreement-page.js')) },
  { path: 'disputes', lazy: () => page(import('./disputes/disputes-page.js')) },
  { path: 'disputes/:id', lazy: () => page(import('./disputes/dispute-page.js')) },
  { path: 'my-mail', lazy: () => page(import('./mails/my-mail-page.js')) },
  { path: 'plan', lazy: () => page(import('./own/plan-page.js')) },
];

export function createRouter(kind: Me['kind']) {
  const pages = kind === 'operator' ? operatorPages : partnerPages;
  const home = { operator: '/reviews', partner: '/registrations' }[kind];
  return createBrowserRouter([
    {
      element: <Frame />,
      hydrateFallbackElement: <></>,
      children: [
        {
          errorElement: <PageFault />,
          children: [
            { index: true, element: <FirstPage home={home} /> },
            ...pages,
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
}

async function page(module: Promise<{ readonly default: () => React.ReactNode }>) {
  return { Component: (await module).default };
}
