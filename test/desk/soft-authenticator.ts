import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * An authenticator in a few lines (WebAuthn Level 3 §6), for what a browser would not do: sign for another origin, let
 * its counter fall, leave out user verification.
 *
 *     authenticator data   rpIdHash[32] flags[1] counter[4] { aaguid[16] length[2] id[…] COSE key }
 */
export class SoftAuthenticator {
  counter = 0;
  verifiesUser = true;
  readonly id = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  register(options: { challenge: string; rp: { id?: string } }, origin: string) {
    const clientData = clientDataOf('webauthn.create', options.challenge, origin);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.id.length), this.id, coseKey(this.#keys.publicKey)]);
    const authData = Buffer.concat([this.#head(options.rp.id ?? '', 0x40), attested]);
    const attestationObject = map([text('fmt'), text('none')], [text('attStmt'), map()], [text('authData'), bytes(authData)]);
    return this.#response({ clientDataJSON: b64(clientData), attestationObject: b64(attestationObject) });
  }

  signIn(options: { challenge: string; rpId?: string }, origin: string) {
    this.counter++;
    const clientData = clientDataOf('webauthn.get', options.challenge, origin);
    const authenticatorData = this.#head(options.rpId ?? '', 0);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
    const signature = sign('sha256', signed, this.#keys.privateKey);
    return this.#response({
      clientDataJSON: b64(clientData),
      authenticatorData: b64(authenticatorData),
      signature: b64(signature),
    });
  }

  #head(rpId: string, flags: number): Buffer {
    const head = Buffer.alloc(37);
    createHash('sha256').update(rpId).digest().copy(head);
    head[32] = flags | 0x01 | (this.verifiesUser ? 0x04 : 0);
    head.writeUInt32BE(this.counter, 33);
    return head;
  }

  #response(response: Record<string, string>) {
    return { id: b64(this.id), rawId: b64(this.id), type: 'public-key', clientExtensionResults: {}, response };
  }
}

const b64 = (data: Uint8Array) => Buffer.from(data).toString('base64url');
const clientDataOf = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin }));

function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = (value: string) => bytes(Buffer.from(value, 'base64url'));
  // kty: EC2, alg: ES256, crv: P-256 (RFC 9053)
  return map([int(1), int(2)], [int(3), int(-7)], [int(-1), int(1)], [int(-2), point(x)], [int(-3), point(y)]);
}

/** CBOR (RFC 8949), as much as is needed: lengths below 65,536 and small integers. */
const head = (major: number, value: number) => {
  if (value < 24) return Buffer.of((major << 5) | value);
  return value < 256 ? Buffer.of((major << 5) | 24, value) : Buffer.of((major << 5) | 25, value >> 8, value & 0xff);
};
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Uint8Array) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (...entries: readonly (readonly [Buffer, Buffer])[]) => Buffer.concat([head(5, entries.length), ...entries.flat()]);
