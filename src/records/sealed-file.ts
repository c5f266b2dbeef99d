/**
 * A file that only the holder of a private key can open, by X25519 (RFC 7748), HKDF-SHA-256 (RFC 5869) and
 * AES-256-GCM (NIST SP 800-38D):
 *
 *   "KAZASU-SEALED-1\n"  ephemeral public key (32, raw)  ciphertext  tag (16)
 *
 *   key ‖ nonce (32 + 12) = HKDF(shared secret, salt: ephemeral ‖ recipient's public key (raw), info: the first line)
 *
 * The ephemeral key is new for every file, so key and nonce are used once. What stands before the ciphertext is
 * authenticated with it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

const MAGIC = Buffer.from('KAZASU-SEALED-1\n');
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** SubjectPublicKeyInfo of an X25519 key up to its 32 raw bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');

/** Whether the key is one that files can be sealed for, or opened with. */
export function isSealingKey(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'x25519';
}

/** @param recipient X25519 public key */
export function sealFile(bytes: Uint8Array, recipient: KeyObject): Uint8Array {
  const ephemeral = generateKeyPairSync('x25519');
  const head = Buffer.concat([MAGIC, rawPublicKey(ephemeral.publicKey)]);
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient });
  const { key, nonce } = derive(shared, rawPublicKey(ephemeral.publicKey), rawPublicKey(recipient));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(head);
  return Buffer.concat([head, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Returns undefined when the file was sealed for another key, or is not whole and unchanged.
 *  @param privateKey X25519 */
export function openSealedFile(sealed: Uint8Array, privateKey: KeyObject): Uint8Array | undefined {
  const head = sealed.subarray(0, MAGIC.length + KEY_BYTES);
  if (sealed.length < head.length + TAG_BYTES || !MAGIC.equals(head.subarray(0, MAGIC.length))) return undefined;
  const ephemeral = head.subarray(MAGIC.length);
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, ephemeral]), format: 'der', type: 'spki' });
    const shared = diffieHellman({ privateKey, publicKey });
    const { key, nonce } = derive(shared, ephemeral, rawPublicKey(createPublicKey(privateKey)));
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(head);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(head.length, -TAG_BYTES)), decipher.final()]);
  } catch {
    // OpenSSL refuses a tag that is not right, and a point that gives no secret.
    return undefined;
  }
}

function derive(shared: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array) {
  const salt = Buffer.concat([ephemeral, recipient]);
  const derived = Buffer.from(hkdfSync('sha256', shared, salt, MAGIC, KEY_BYTES + NONCE_BYTES));
  return { key: derived.subarray(0, KEY_BYTES), nonce: derived.subarray(KEY_BYTES) };
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-KEY_BYTES);
}
