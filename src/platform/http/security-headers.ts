import type { RequestHandler } from 'express';
import helmet from 'helmet';

const nowhere = { baseUri: ["'none'"], frameAncestors: ["'none'"] };

/** Helmet's headers, and a policy under which an API answer opened in a browser can do nothing at all. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: policy({ ...nowhere, defaultSrc: ["'none'"], formAction: ["'none'"] }),
    // The addresses of pages hold personal links.
    referrerPolicy: { policy: 'no-referrer' },
  });
}

const plainPage = {
  ...nowhere,
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
};

/** For plain pages: scripts, styles and images of ours, forms to us. */
export function pagePolicy(): RequestHandler {
  return helmet.contentSecurityPolicy(policy(plainPage));
}

/** For plain pages that sites of these origins may show in a frame; with none of them, nobody may. */
export function framedPagePolicy(hosts: () => Promise<readonly string[]>): RequestHandler {
  return async (request, response, next) => {
    const origins = await hosts();
    const frameAncestors = origins.length === 0 ? ["'none'"] : [...origins];
    // It knows no list of origins, and browsers that know the policy go by that.
    if (origins.length > 0) response.removeHeader('X-Frame-Options');
    helmet.contentSecurityPolicy(policy({ ...plainPage, frameAncestors }))(request, response, next);
  };
}

/** For the API reader: its own scripts only. Its page has style elements and pictures inside it. */
export function docsPolicy(): RequestHandler {
  return scriptedPolicy("'none'");
}

/** For the web application: scripts from files of ours only. Its components set their styles on elements. */
export function webAppPolicy(): RequestHandler {
  return scriptedPolicy("'self'");
}

/** @param formAction where forms may be sent */
function scriptedPolicy(formAction: string): RequestHandler {
  return helmet.contentSecurityPolicy(
    policy({
      ...nowhere,
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: [formAction],
    }),
  );
}

/** Without helmet's defaults: one of them sends every address to https, also on a laptop. */
function policy(directives: Record<string, string[]>) {
  return { useDefaults: false, directives };
}
