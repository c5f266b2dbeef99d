/** Runs one of Debian's tools to its end. */
import { spawn } from 'node:child_process';
import { Mistake } from './mistake.ts';

export type ToolOptions = {
  readonly cwd?: string;
  /** Added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Given to the tool on its standard input. */
  readonly input?: string | Uint8Array;
  readonly signal?: AbortSignal;
};

/** What a tool may say before the oldest of it is dropped: enough for its error. */
const KEPT_CHARACTERS = 4_000_000;
const SHOWN_LINES = 12;

/** @returns what the tool printed. Throws a Mistake with the tool's own last lines when it is missing or fails. */
export async function runTool(command: string, args: readonly string[], options: ToolOptions = {}): Promise<string> {
  const { cwd, env, input, signal } = options;
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-KEPT_CHARACTERS);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complained = (complained + text).slice(-KEPT_CHARACTERS);
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const status = await new Promise<number | string>((resolve, reject) => {
    child.on('close', (code, killedBy) => resolve(code ?? killedBy ?? 'no status'));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Mistake(`There is no program "${command}". ${install(command)}`) : error),
    );
  });
  if (status === 0) return printed;
  const lines = `${printed}\n${complained}`.trim().split('\n').slice(-SHOWN_LINES);
  throw new Mistake(`${command} ${args.slice(0, 3).join(' ')} … failed (${status}):\n    ${lines.join('\n    ')}`);
}

/** In which Debian package the tools are that a plain installation lacks. */
const packageOf: Readonly<Record<string, string>> = {
  genimage: 'genimage',
  mksquashfs: 'squashfs-tools',
  mcopy: 'mtools',
  mmd: 'mtools',
  'mkfs.vfat': 'dosfstools',
  'grub-editenv': 'grub-common',
  bmaptool: 'bmap-tools',
  depmod: 'kmod',
  modprobe: 'kmod',
  cpio: 'cpio',
  rauc: 'rauc',
  'qemu-system-aarch64': 'qemu-system-arm',
  'systemd-sysusers': 'systemd',
  'systemd-hwdb': 'udev',
};

function install(command: string): string {
  const debian = packageOf[command];
  return debian === undefined ? 'Is this a Debian PC?' : `Install it: apt install ${debian}`;
}
