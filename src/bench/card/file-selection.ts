import { type Application, type File, secretsOf } from './application.ts';
import type { Command } from './command.ts';
import { ISSUER_DOMAIN } from './common-applications.ts';
import { SW } from './status-word.ts';

/** Which application and EF of the card are selected; selecting an application, also the same one, logs out of all. */
export class FileSelection {
  readonly #applications: readonly Application[];
  readonly #onLeave: () => void;
  #application: Application | undefined;
  #file: File | undefined;

  /** @param onLeave told whenever an application is left: what else held only in it is forgotten */
  constructor(applications: readonly Application[], onLeave: () => void) {
    this.#applications = applications;
    this.#onLeave = onLeave;
  }

  get application(): Application | undefined {
    return this.#application;
  }

  /** The selected application, or the one that is spoken to before any was: the issuer security domain. */
  get current(): Application | undefined {
    return this.#application ?? this.#applications.find(({ aid }) => aid === ISSUER_DOMAIN);
  }

  get file(): File | undefined {
    return this.#file;
  }

  /** `00 A4`. Returns its status word. */
  select({ p1, p2, data }: Command): number {
    // A trap of the real card: SELECT with P1 P2 = 00 00 is refused after a reset, and inside an AP says 9000 and does nothing.
    if (p1 === 0x00 && p2 === 0x00) return this.#application ? SW.ok : SW.wrongParameters;
    if (p2 !== 0x0c) return SW.wrongParameters;
    if (p1 === 0x04) return this.#selectApplication(Buffer.from(data).toString('hex').toUpperCase());
    if (p1 !== 0x02) return SW.wrongParameters;
    if (data.length !== 2) return SW.wrongLength;
    const [high = 0, low = 0] = data;
    return this.#selectFile((high << 8) | low) ? SW.ok : SW.notFound;
  }

  /** `80` means the selected EF, `80|n` selects EF n first. Returns a status word when there is none. */
  fileBy(reference: number): File | number {
    return (reference & 0xe0) === 0x80 ? this.fileByShort(reference & 0x1f) : SW.wrongParameters;
  }

  /** The EF with this short identifier (1–1E), which is selected then, or with 0 the selected one; else a status word. */
  fileByShort(identifier: number): File | number {
    if (identifier !== 0 && !this.#selectFile(identifier)) return SW.notFound;
    return this.#file ?? SW.noFileSelected;
  }

  reset(): void {
    this.#leave();
    this.#application = undefined;
  }

  #selectApplication(aid: string): number {
    const application = this.#applications.find((candidate) => candidate.aid === aid);
    if (application === undefined) return SW.notFound;
    this.#leave();
    this.#application = application;
    return SW.ok;
  }

  #selectFile(identifier: number): boolean {
    const file = this.#application?.files.get(identifier);
    if (file !== undefined) this.#file = file;
    return file !== undefined;
  }

  #leave(): void {
    for (const application of this.#applications) for (const secret of secretsOf(application)) secret.forget();
    this.#file = undefined;
    this.#onLeave();
  }
}
