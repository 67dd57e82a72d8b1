/** What a person does on the page of a CRM that asks for access. @returns what the browser brings back */
export async function answerConsent(address: string, answer: 'allow' | 'deny'): Promise<Record<string, string>> {
  const page = await fetch(address);
  const form = /<form method="post" action="([^"]*)">/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&');
  if (form === undefined) throw new Error(`No page that asks at ${address}`);
  const sent = await fetch(new URL(form, address), {
    method: 'POST',
    body: new URLSearchParams({ answer }),
    redirect: 'manual',
  });
  const { error_description: errorDescription, ...back } = Object.fromEntries(
    new URL(sent.headers.get('location') ?? '').searchParams,
  );
  return errorDescription === undefined ? back : { ...back, errorDescription };
}
