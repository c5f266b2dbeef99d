/**
 * The reader's own store, made in steps: a file of any earlier version is brought up to date when it is opened.
 *
 *   receptions          what succeeded
 *   pending             receptions whose eligibility is asked for again, and how that ended
 *   outbox              results that the clinic has not taken yet, sealed; gone once delivered
 *   gateway_operations  what was asked of the gateway under which idempotency key, and whether it answered
 *   audit               everything that support or an auditor may ask for, chained by hash
 *   checkpoints         the chain's head, signed by the device from time to time
 *   archives            which part of the chain was sealed away into a file, signed by the device
 *
 * A row of audit is never changed, and never removed but for a part that was archived; the triggers hold this
 * program to that. README.md describes the formats.
 */
const receptionsAndAudit = `
  CREATE TABLE receptions (
    reception_id TEXT PRIMARY KEY,
    method TEXT NOT NULL,
    consents TEXT NOT NULL,
    validity TEXT NOT NULL,
    outcome TEXT NOT NULL,
    file_name TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    simulated INTEGER NOT NULL,
    delivered_at TEXT
  ) STRICT;
  CREATE INDEX undelivered ON receptions (accepted_at) WHERE delivered_at IS NULL;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL,
    monotonic_ms REAL NOT NULL,
    wall TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    reception_id TEXT,
    fields TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'audit is append-only'); END;
  CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'audit is append-only'); END;
`;

/** The two tables beside `audit` that an exported copy holds too. */
const CHECKPOINTS_AND_ARCHIVES = `
  CREATE TABLE checkpoints (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
  CREATE TABLE archives (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    signature BLOB NOT NULL
  ) STRICT;
`;

const outboxGatewayAndSignatures = `
  ALTER TABLE audit ADD COLUMN clock_trust TEXT;

  CREATE TABLE outbox (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    reception_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (reception_id, file_name)
  ) STRICT;

  CREATE TABLE gateway_operations (
    key TEXT PRIMARY KEY,
    reception_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'answered')),
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX unanswered ON gateway_operations (at) WHERE state = 'begun';

  ${CHECKPOINTS_AND_ARCHIVES}
  DROP TRIGGER audit_is_not_removed;
  CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
    WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM archives)
    BEGIN SELECT RAISE (ABORT, 'audit is append-only'); END;
`;

const pendingAndAnswers = `
  ALTER TABLE receptions ADD COLUMN approver TEXT;
  ALTER TABLE receptions RENAME COLUMN consents TO given;

  CREATE TABLE pending (
    reception_id TEXT PRIMARY KEY,
    method TEXT NOT NULL,
    approver TEXT,
    given TEXT NOT NULL,
    code TEXT NOT NULL,
    started_at TEXT NOT NULL,
    pending_at TEXT NOT NULL,
    simulated INTEGER NOT NULL,
    ended_as TEXT CHECK (ended_as IN ('answered', 'nothing')),
    ended_at TEXT
  ) STRICT;
`;

/** Step n brings a file from version n to n + 1. */
export const SCHEMA_STEPS: readonly string[] = [receptionsAndAudit, outboxGatewayAndSignatures, pendingAndAnswers];
