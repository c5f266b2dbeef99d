/** A persona's public side as files, for whoever has the other end of the cable: what the reader should find on the card. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../faults/result.ts';
import { SIGN_PASSWORD } from '../card/issue-card.ts';
import type { CardDrawer, DrawnCard } from './card-drawer.ts';

/**
 * Writes persona.json, certificates, portrait and the key that `card portrait` must trust; files that are there are
 * overwritten. Returns their names. Faults: SYS-902 (a card without anything public, or a folder that cannot be written).
 */
export async function exportPersona(folder: string, drawer: CardDrawer, drawn: DrawnCard): Promise<Result<readonly string[]>> {
  const { persona, card, portraitJp2 } = drawn;
  const { holder } = card;
  if (!holder) return failed('SYS-902', `--export: the card of "${persona.id}" is no My Number card`);
  const files: Record<string, Uint8Array | string> = {
    'auth.der': holder.certificateDer,
    ...(holder.signCertificateDer && { 'sign.der': holder.signCertificateDer }),
    'auth-ca.der': drawer.authCaCertificate,
    'sign-ca.der': drawer.signCaCertificate,
    'cv-root.pem': drawer.cvRootKey.export({ type: 'spki', format: 'pem' }) as string,
    ...(portraitJp2.length > 0 && { 'front.jp2': portraitJp2 }),
  };
  const names = Object.keys(files);
  const about = {
    note: 'Test values of a simulator: invented person, keys made when it began, trusted nowhere.',
    simulated: true,
    persona: persona.id,
    title: persona.title,
    kind: persona.kind,
    name: persona.name,
    birth: persona.birth,
    sex: persona.sex,
    pin: persona.pin,
    pinTriesLeft: holder.pinTriesLeft(),
    signPassword: SIGN_PASSWORD,
    verificationCodeB: holder.verificationCodeB,
    files: names,
  };
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await writeFile(join(folder, 'persona.json'), `${JSON.stringify(about, null, 2)}\n`);
  } catch (error) {
    return failed('SYS-902', `--export: ${folder} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  return ok([...names, 'persona.json']);
}
