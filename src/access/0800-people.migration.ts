import { sql } from 'kysely';
import type { Migration } from '../platform/migration.js';

/**
 * People who sign in, and what lets them in. The tables from `session` on are better-auth's, in its own names; what they hold is
 * told nobody but it.
 */
export const peopleMigration: Migration = {
  name: '0800-people',
  async up(db) {
    await sql`
      create table people (
        id text primary key,
        name text not null,
        email text not null unique check (email = lower(email)),
        email_verified boolean not null,
        image text,
        two_factor_enabled boolean not null default false,
        kind text not null check (kind in ('operator', 'partner')),
        role text not null check (
          kind = 'operator' and role in ('admin', 'rev-ops', 'channel-manager', 'viewer')
          or kind = 'partner' and role in ('owner', 'member')),
        partner_id text references partners (id),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        ended_at timestamptz,
        check ((kind = 'partner') = (partner_id is not null))
      )`.execute(db);
    await sql`create index people_by_partner on people (partner_id, id)`.execute(db);
    await sql`
      create table invitations (
        id text primary key,
        token_hash text not null unique,
        name text not null,
        email text not null check (email = lower(email)),
        kind text not null check (kind in ('operator', 'partner')),
        role text not null,
        partner_id text references partners (id),
        invited_by text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        accepted_at timestamptz,
        withdrawn_at timestamptz,
        check ((kind = 'partner') = (partner_id is not null))
      )`.execute(db);
    await sql`
      create unique index invitations_one_open on invitations (email)
      where accepted_at is null and withdrawn_at is null`.execute(db);
    await makeSignInTables(db);
  },
};

async function makeSignInTables(db: Parameters<Migration['up']>[0]): Promise<void> {
  await sql`
    create table "session" (
      id text primary key, token text not null unique, "expiresAt" timestamptz not null, "createdAt" timestamptz not null,
      "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text,
      "userId" text not null references people (id) on delete cascade,
      -- Ours: whether an identity provider let them in, which asks for its own second factor.
      "viaProvider" boolean not null default false
    )`.execute(db);
  await sql`create index "session_userId" on "session" ("userId")`.execute(db);
  await sql`
    create table "account" (
      id text primary key, "accountId" text not null, "providerId" text not null,
      "userId" text not null references people (id) on delete cascade, "accessToken" text, "refreshToken" text, "idToken" text,
      "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, scope text, password text,
      "createdAt" timestamptz not null, "updatedAt" timestamptz not null
    )`.execute(db);
  await sql`create unique index "account_of_provider" on "account" ("providerId", "accountId")`.execute(db);
  await sql`create index "account_userId" on "account" ("userId")`.execute(db);
  await sql`
    create table "verification" (
      id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null, "updatedAt" timestamptz not null
    )`.execute(db);
  await sql`create index "verification_identifier" on "verification" (identifier)`.execute(db);
  await sql`
    create table "twoFactor" (
      id text primary key, secret text not null, "backupCodes" text not null,
      "userId" text not null references people (id) on delete cascade, verified boolean,
      "failedVerificationCount" integer, "lockedUntil" timestamptz
    )`.execute(db);
  await sql`create index "twoFactor_userId" on "twoFactor" ("userId")`.execute(db);
  await sql`
    create table "rateLimit" (
      id text primary key, key text not null unique, count integer not null, "lastRequest" bigint not null
    )`.execute(db);
}
