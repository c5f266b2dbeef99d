import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync } from 'node:fs';
import { failed, ok, type Result } from '../faults/result.ts';
import { fileFault, openKeyFile, writeDurably } from './key-file.ts';

/** Ed25519 (RFC 8032) with a key of the device; 64 bytes. */
export type Signer = { sign(statement: Uint8Array): Uint8Array };

/** Where the public half lies, for whoever verifies. */
export function publicKeyPath(path: string): string {
  return path.replace(/(\.pem)?$/, '.pub.pem');
}

/** Opens the device's own signing key (PKCS #8 PEM), made at the first start with its public half beside it. Fault: REC-701. */
export function openSigner(path: string): Result<Signer> {
  const pem = openKeyFile(path, () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });
  if (!pem.ok) return pem;
  try {
    const key = createPrivateKey(Buffer.from(pem.value));
    const publicPath = publicKeyPath(path);
    const publicPem = Buffer.from(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
    if (!existsSync(publicPath)) writeDurably(publicPath, publicPem, 0o644);
    return ok({ sign: (statement) => sign(null, statement, key) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code?.startsWith('ERR_OSSL') ? failed('REC-701', `${path}: not a private key`) : fileFault(error, path);
  }
}
