/**
 * The reader's own store. Receptions are what succeeded; audit is everything that support or an auditor may ask for,
 * chained by hash. A row of audit is never changed or removed by this program, and the triggers hold it to that.
 */
export const SCHEMA_VERSION = 1;

export const SCHEMA = `
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
