import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { projectRoot, runTool } from './project-tools.js';
import { startRunningService, type RunningService, type RunningServiceOptions } from './running-service.js';
import { chromiumPath, screenshotFolder } from './services.js';

/** The web application built from this tree as it stands, in a folder of its own. */
export interface BuiltWebApp {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function buildWebApp(): Promise<BuiltWebApp> {
  const folder = await mkdtemp(join(tmpdir(), 'introducer-web-'));
  const args = ['build', '--config', 'config/vite.config.js', '--logLevel', 'warn', '--outDir', folder];
  const run = await runTool('vite', [...args, '--emptyOutDir'], projectRoot);
  if (run.exitCode !== 0) throw new Error(`The web application does not build:\n${run.stdout}${run.stderr}`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** People in front of the web application of a running service. */
export interface WebWalk {
  readonly service: RunningService;
  /** A browser of its own, signed in with this key. */
  visit(key: string | null, options?: VisitOptions): Promise<Page>;
  /** What the pages complained about: errors of scripts, and what their policy refused. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly phone?: boolean;
  readonly colours?: 'light' | 'dark';
  readonly language?: 'en-GB' | 'de-DE';
}

const desk = { width: 1280, height: 900 };
const phone = { width: 375, height: 780 };

/** @param environment settings of the service */
export async function startWebWalk(
  environment: Readonly<Record<string, string>> = {},
  more: Pick<RunningServiceOptions, 'until' | 'salesforce'> = {},
): Promise<WebWalk> {
  const app = await buildWebApp();
  const service = await startRunningService({ webFolder: app.folder, environment, ...more });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
  const complaints: string[] = [];
  return {
    service,
    complaints,
    visit: (key, options = {}) => openPage(browser, service.url, key, options, complaints),
    close: async () => {
      await browser.close();
      await service.close();
      await app.remove();
    },
  };
}

async function openPage(
  browser: Browser,
  baseURL: string,
  key: string | null,
  options: VisitOptions,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({
    baseURL,
    viewport: options.phone === true ? phone : desk,
    colorScheme: options.colours ?? 'light',
    locale: options.language ?? 'en-GB',
    ...(key === null ? {} : { extraHTTPHeaders: { authorization: `Bearer ${key}` } }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // That an answer was no 2xx is shown on the page, where the test looks for it.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  return page;
}

/** What axe-core has against a page (WCAG 2.2 AA and its best practices), as `rule: element`. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  // Evaluated from outside the page, whose policy would rightly refuse a script that is put into it.
  await page.evaluate(axe.source);
  await page.evaluate(animationsEnd);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
}

/** What is still fading in has no colour of its own yet. */
const animationsEnd = `Promise.allSettled(
  document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished)
)`;

/** Leaves a screenshot where somebody wants to look at it. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (screenshotFolder === undefined) return;
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`), fullPage: true });
}
