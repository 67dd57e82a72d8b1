/**
 * The script a user would write instead: an Express route that checks HubSpot's signature, reads the deal of every event with
 * HubSpot's own client, inserts a commission for each deal that is won, and answers. Written as well as such a script is:
 * connections are pooled, a delivery's events are handled side by side, and a commission is inserted once.
 */
import { Client, Signature } from '@hubspot/api-client';
import { DEFAULT_LIMITER_OPTIONS } from '@hubspot/api-client/lib/src/configuration/constants.js';
import express from 'express';
import pg from 'pg';
import { z } from 'zod';

const settings = z
  .object({
    PUBLIC_URL: z.string(),
    PORT: z.coerce.number(),
    DATABASE_URL: z.string(),
    HUBSPOT_API_URL: z.string(),
    HUBSPOT_ACCESS_TOKEN: z.string(),
    HUBSPOT_CLIENT_SECRET: z.string(),
    /** Keeps to HubSpot's limit of calls with the client's own limiter. */
    LIMIT_CALLS: z.stringbool(),
  })
  .parse(process.env);

const events = z.array(z.object({ objectId: z.number(), subscriptionType: z.string() }));
const commissionPercent = 10;
const readTogether = ['dealname', 'amount', 'deal_currency_code', 'hs_is_closed_won'];

const database = new pg.Pool({ connectionString: settings.DATABASE_URL, max: 10 });
const hubspot = new Client({
  accessToken: settings.HUBSPOT_ACCESS_TOKEN,
  basePath: settings.HUBSPOT_API_URL,
  ...(settings.LIMIT_CALLS ? { limiterOptions: DEFAULT_LIMITER_OPTIONS } : {}),
});

const app = express();
app.post('/webhooks/hubspot', express.text({ type: () => true, limit: '1mb' }), async (request, response) => {
  const body = z.string().parse(request.body);
  if (!isGenuine(request, body)) {
    response.status(401).end();
    return;
  }
  await Promise.all(events.parse(JSON.parse(body)).map((event) => credit(String(event.objectId))));
  response.status(200).end();
});

function isGenuine(request: express.Request, requestBody: string): boolean {
  return Signature.isValid({
    signatureVersion: 'v3',
    method: request.method,
    url: settings.PUBLIC_URL + request.originalUrl,
    clientSecret: settings.HUBSPOT_CLIENT_SECRET,
    requestBody,
    signature: request.get('X-HubSpot-Signature-v3') ?? '',
    timestamp: Number(request.get('X-HubSpot-Request-Timestamp')),
  });
}

async function credit(dealId: string): Promise<void> {
  const { properties } = await hubspot.crm.deals.basicApi.getById(dealId, readTogether);
  if (properties['hs_is_closed_won'] !== 'true') return;
  await database.query(
    `insert into commissions (deal_id, partner_id, amount, currency)
     select deal_id, partner_id, $2::numeric * $3 / 100, $4 from partner_deals where deal_id = $1
     on conflict (deal_id) do nothing`,
    [dealId, properties['amount'], commissionPercent, properties['deal_currency_code']],
  );
}

app.listen(settings.PORT, '127.0.0.1', () => {
  process.stdout.write('ready\n');
});
process.once('SIGTERM', () => {
  process.exit(0);
});
