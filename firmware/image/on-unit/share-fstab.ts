/** How the kernel is told to mount the clinic's share: fstab(5), and the options of its cifs. */
import type { ClinicShare } from '../../../src/unit/clinic-share.ts';

export type ShareAt = {
  readonly share: ClinicShare;
  readonly password: string;
  /** The host's, found beforehand: the kernel looks up no names. */
  readonly address: string;
  readonly folder: string;
};

/** The user `kazasu`, as rootfs/usr/lib/sysusers.d names it. */
const KAZASU = 900;

const FIXED = [
  // 3.0 or later, and encrypted: what lies there is personal data.
  ...['vers=3', 'seal', 'sec=ntlmssp'],
  // A server that is lost is an error, not a wait without end; it is taken for lost after three of these seconds.
  ...['soft', 'echo_interval=5'],
  // The reader alone, whatever the server's own rights say.
  ...[`uid=${KAZASU}`, `gid=${KAZASU}`, 'forceuid', 'forcegid', 'file_mode=0600', 'dir_mode=0700'],
  ...['nosuid', 'nodev', 'noexec'],
  // What Japanese names are written in, whatever the kernel was built for.
  'iocharset=utf8',
  // The clinic's software takes files as soon as they have their name: none is kept open behind that.
  'closetimeo=0',
];

/** @returns one line, with the password in it */
export function shareFstab({ share, password, address, folder }: ShareAt): string {
  const { host, port, user, domain } = share;
  const own = [`ip=${address}`, `port=${port}`, `username=${user}`, `password=${password}`];
  if (domain !== undefined) own.push(`domain=${domain}`);
  return `${escaped(`//${host}/${share.folder}`)} ${folder} cifs ${escaped([...FIXED, ...own].join(','))} 0 0\n`;
}

/** Space and backslash as fstab has them; other white space does not come here. */
const escaped = (text: string): string => text.replaceAll('\\', '\\134').replaceAll(' ', '\\040');
