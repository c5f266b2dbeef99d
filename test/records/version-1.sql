-- A store as version 0.1.0 wrote it (schema 1), dumped. Its people are invented.
PRAGMA user_version = 1;
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
INSERT INTO receptions VALUES ('r1', 'face', '["medicines"]', '1', 'accepted', 'r1.xml', '2026-04-01T00:00:00.000Z', '2026-04-01T00:00:20.000Z', 1, '2026-04-01T00:00:02.234Z');
INSERT INTO receptions VALUES ('r2', 'face', '["medicines"]', '1', 'accepted', 'r2.xml', '2026-04-01T00:00:00.000Z', '2026-04-01T00:00:20.000Z', 1, NULL);
INSERT INTO audit VALUES (1, '11111111-1111-4111-8111-111111111111', 1234.5, '2026-04-01T00:00:01.234Z', '0.1.0', 'reader.started', NULL, '{"version":"0.1.0","simulated":true}', '0000000000000000000000000000000000000000000000000000000000000000', 'c091b7ad9d55ff1b6a2d27db4938b35e748272e191aede034f793c759643547c');
INSERT INTO audit VALUES (2, '11111111-1111-4111-8111-111111111111', 2234.75, '2026-04-01T00:00:02.234Z', '0.1.0', 'reception.started', 'r1', '{}', 'c091b7ad9d55ff1b6a2d27db4938b35e748272e191aede034f793c759643547c', 'f59c75049a0bbd2edabe93daed9d10db5e4de6c1b971d0fe058cd1fb91e6b5d0');
INSERT INTO audit VALUES (3, '11111111-1111-4111-8111-111111111111', 2234.75, '2026-04-01T00:00:02.234Z', '0.1.0', 'pin.wrong', 'r1', '{"triesLeft":2}', 'f59c75049a0bbd2edabe93daed9d10db5e4de6c1b971d0fe058cd1fb91e6b5d0', '4dc354335d098e368ea2883d87ce15e17a4c92f5d713124d1599f60c4275df98');
INSERT INTO audit VALUES (4, '11111111-1111-4111-8111-111111111111', 2234.75, '2026-04-01T00:00:02.234Z', '0.1.0', 'identity.proved', 'r1', '{"method":"face"}', '4dc354335d098e368ea2883d87ce15e17a4c92f5d713124d1599f60c4275df98', '23782dd7fadbffd2722622da6d7605be0e465f029217162351cfd5947c3786e6');
INSERT INTO audit VALUES (5, '11111111-1111-4111-8111-111111111111', 2234.75, '2026-04-01T00:00:02.234Z', '0.1.0', 'reception.accepted', 'r1', '{"method":"face","validity":"1","fileName":"r1.xml"}', '23782dd7fadbffd2722622da6d7605be0e465f029217162351cfd5947c3786e6', '5427b2cee44299b6ebbe4e0ebfc2ab8501410e362c7427af978353c6eb0b1f4a');
INSERT INTO audit VALUES (6, '11111111-1111-4111-8111-111111111111', 22234.75, '2026-04-01T00:00:22.234Z', '0.1.0', 'reception.started', 'r2', '{}', '5427b2cee44299b6ebbe4e0ebfc2ab8501410e362c7427af978353c6eb0b1f4a', 'a9a929229362574089fc14dc9e46a15d84bd17bd6d0ef54a6694d386a761173d');
INSERT INTO audit VALUES (7, '11111111-1111-4111-8111-111111111111', 22234.75, '2026-04-01T00:00:22.234Z', '0.1.0', 'pin.wrong', 'r2', '{"triesLeft":2}', 'a9a929229362574089fc14dc9e46a15d84bd17bd6d0ef54a6694d386a761173d', '5b23a3ee8b2df1246bcc2ff6c0d5c4ff8524563c94af3282c4a12f407b2cdcb6');
INSERT INTO audit VALUES (8, '11111111-1111-4111-8111-111111111111', 22234.75, '2026-04-01T00:00:22.234Z', '0.1.0', 'identity.proved', 'r2', '{"method":"face"}', '5b23a3ee8b2df1246bcc2ff6c0d5c4ff8524563c94af3282c4a12f407b2cdcb6', '7e1d0e39eb5cfb6337c72d1d111141e9b7b19084710319edae2cb77501f82b96');
INSERT INTO audit VALUES (9, '11111111-1111-4111-8111-111111111111', 22234.75, '2026-04-01T00:00:22.234Z', '0.1.0', 'reception.accepted', 'r2', '{"method":"face","validity":"1","fileName":"r2.xml"}', '7e1d0e39eb5cfb6337c72d1d111141e9b7b19084710319edae2cb77501f82b96', 'a52aaae4ea9de92e4ffbd18d19651546e7d2b48e3527797cd691a3ac71deb520');
INSERT INTO audit VALUES (10, '11111111-1111-4111-8111-111111111111', 22235.75, '2026-04-01T00:00:22.235Z', '0.1.0', 'reception.started', 'r3', '{}', 'a52aaae4ea9de92e4ffbd18d19651546e7d2b48e3527797cd691a3ac71deb520', '2c1ae5a5a4c43b40fe872821e773a5547657d6e6cec7a029859d7d4ec79cb415');
INSERT INTO audit VALUES (11, '11111111-1111-4111-8111-111111111111', 22235.75, '2026-04-01T00:00:22.235Z', '0.1.0', 'reception.ended', 'r3', '{"code":"TIME-801"}', '2c1ae5a5a4c43b40fe872821e773a5547657d6e6cec7a029859d7d4ec79cb415', '9430f33ddba8a220f01312d3b25c76292940febe17e32f839ca14b428a758bc0');
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'audit is append-only'); END;
