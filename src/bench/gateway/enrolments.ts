/** Who may be enrolled as a reader: one-time tokens, and which key each was used for. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Enrolled, Enrolment, EnrolmentRefusal, Renewal } from '../../eligibility/enrolment-types.ts';
import { issueForRequest, readDeviceRequest } from '../pki/device-issuer.ts';
import type { Answer } from './once.ts';

export type EnrolmentsOptions = {
  readonly database: DatabaseSync;
  /** PEM; it issues the readers' certificates. */
  readonly ca: { readonly ca: string; readonly keyPem: string };
  readonly random: (length: number) => Uint8Array;
  readonly now: () => Date;
  /** How long a certificate is good for. */
  readonly days?: number;
};

export type Enrolments = {
  /** A token for this reader, made here or given; one that is known already stays as it is. */
  admit(readerId: string, token?: string): string;
  enrol(asked: Enrolment): Promise<Answer>;
  /** @param device the common name of the certificate that was shown; empty when none was */
  renew(device: string, asked: Renewal): Promise<Answer>;
};

type Row = { readerId: string; publicKey: string | null; certificate: string | null };

const YEAR_DAYS = 365;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export function createEnrolments({ database, ca, random, now, days = YEAR_DAYS }: EnrolmentsOptions): Enrolments {
  const add = database.prepare('INSERT OR IGNORE INTO enrolment (tokenHash, readerId) VALUES (?, ?)');
  const select = database.prepare('SELECT readerId, publicKey, certificate FROM enrolment WHERE tokenHash = ?');
  const use = database.prepare(
    'UPDATE enrolment SET publicKey = ?, certificate = ?, usedAt = ? WHERE tokenHash = ? AND publicKey IS NULL',
  );

  return {
    admit(readerId, token = Buffer.from(random(16)).toString('base64url')) {
      add.run(hashOf(token), readerId);
      return token;
    },

    async enrol({ readerId, token, request: base64 }) {
      const request = await readDeviceRequest(base64);
      if (request?.readerId !== readerId) return refuse(400, 'request-invalid');
      const tokenHash = hashOf(token);
      const rowNow = () => select.get(tokenHash) as Row | undefined;
      const row = rowNow();
      if (!row) return refuse(403, 'token-unknown');
      if (row.readerId !== readerId) return refuse(403, 'other-reader');
      if (row.publicKey === null) {
        const certificate = await issueForRequest(request, ca, { now: now(), days });
        // Of two that ask at the same moment one is first.
        use.run(request.publicKey, certificate, now().toISOString(), tokenHash);
      }
      const { publicKey, certificate } = rowNow() ?? row;
      if (publicKey !== request.publicKey || certificate === null) return refuse(403, 'token-used');
      return enrolled({ readerId, certificate });
    },

    async renew(device, { request: base64 }) {
      if (device === '') return refuse(403, 'device-refused');
      const request = await readDeviceRequest(base64);
      if (request?.readerId !== device) return refuse(400, 'request-invalid');
      return enrolled({ readerId: device, certificate: await issueForRequest(request, ca, { now: now(), days }) });
    },
  };
}

const enrolled = (body: Enrolled): Answer => ({ status: 201, body });

function refuse(status: number, code: EnrolmentRefusal['code']): Answer {
  const body: EnrolmentRefusal = { code };
  return { status, body };
}
