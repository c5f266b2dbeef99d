/** One emulated board with what stands around it: its console, its disk, the card's line, and the two hands inside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from '../image/mistake.ts';
import { type LineSocket, openLineSocket } from './line-socket.ts';

const FIRMWARE = '/usr/share/AAVMF/AAVMF_CODE.fd';
const VARIABLES = '/usr/share/AAVMF/AAVMF_VARS.fd';

/** As large as the unit's own. */
const SCREEN = ['-device', 'virtio-gpu-pci,xres=1280,yres=800', '-device', 'virtio-tablet-pci'];

export type MachineOptions = {
  /** A qcow2 file. */
  readonly disk: string;
  /** Sockets and the console's log lie here. */
  readonly folder: string;
  /** The pseudo-terminal at whose other end the card module is. */
  readonly modulePort: string;
  readonly onConsole?: (line: string) => void;
  /** With a graphics card, and a pointer in place of fingers. */
  readonly screen?: boolean;
};

export type Answer = { readonly status: number; readonly output: string };

export type Machine = {
  readonly console: LineSocket;
  /** What passes between the screen's hand and the reader. */
  readonly page: LineSocket;
  /** Tells QEMU itself to do something (QMP). Throws when it refuses. */
  tell(command: string, words: object): Promise<void>;
  /** Runs a shell script inside as root. */
  run(script: string, withinMs?: number): Promise<Answer>;
  /** Pulls the plug: nothing inside notices. */
  cutPower(): Promise<void>;
};

export async function startMachine({ disk, folder, modulePort, onConsole, screen }: MachineOptions): Promise<Machine> {
  if (!existsSync(FIRMWARE))
    throw new Mistake('There is no UEFI for the emulated board. Install it: apt install qemu-efi-aarch64');
  mkdirSync(folder, { recursive: true });
  const socket = (name: string) => join(folder, `${name}.sock`);
  for (const name of ['console', 'page', 'hand', 'monitor']) rmSync(socket(name), { force: true });
  const variables = join(folder, 'variables.fd');
  if (!existsSync(variables)) copyFileSync(VARIABLES, variables);
  const chardev = (name: string, more = '') => ['-chardev', `socket,id=${name},path=${socket(name)},server=on,wait=off${more}`];
  const port = (name: string) => [
    '-device',
    `virtserialport,chardev=${name},name=org.kazasu.${name === 'page' ? 'kiosk' : name}`,
  ];
  const qemu = spawn('qemu-system-aarch64', [
    ...['-M', 'virt,gic-version=3', '-cpu', 'cortex-a72', '-smp', '2', '-m', '2048', '-accel', 'tcg,thread=single'],
    // The machine's time goes by its own instructions, 1 ns each: however slow this PC is, a bound inside means what it
    // means on a board of about 1 GHz.
    ...['-icount', 'shift=0,sleep=on', '-rtc', 'clock=vm'],
    ...['-nographic', '-nodefaults', '-uuid', '6b617a61-7375-4000-8000-000000000001'],
    ...['-drive', `if=pflash,format=raw,readonly=on,file=${FIRMWARE}`, '-drive', `if=pflash,format=raw,file=${variables}`],
    ...[
      '-drive',
      `if=none,id=disk,file=${disk},format=qcow2,cache=writeback`,
      '-device',
      'virtio-blk-pci,drive=disk,bootindex=0',
    ],
    ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,romfile=', '-device', 'virtio-rng-pci'],
    ...['-device', 'i6300esb', '-watchdog-action', 'reset', '-device', 'qemu-xhci'],
    ...['-chardev', `serial,id=module,path=${modulePort}`],
    ...['-device', 'usb-serial,chardev=module,serial=KAZASU-MODULE,always-plugged=on'],
    ...['-device', 'virtio-serial-pci', ...chardev('page'), ...port('page'), ...chardev('hand'), ...port('hand')],
    ...chardev('console', `,logfile=${join(folder, 'console.log')},logappend=on`),
    ...['-serial', 'chardev:console', '-no-shutdown'],
    ...[...chardev('monitor'), '-mon', 'chardev=monitor,mode=control'],
    ...(screen ? SCREEN : []),
  ]);
  // An emulated board must not outlive the run that leads it.
  const kill = () => void qemu.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) =>
    qemu.once('exit', () => {
      process.removeListener('exit', kill);
      resolve();
    }),
  );
  let said = '';
  qemu.stderr.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  const startFailed = new Promise<never>((_, reject) => {
    qemu.once('error', () => reject(new Mistake('There is no QEMU for arm64. Install it: apt install qemu-system-arm')));
    void ended.then(() => reject(new Error(`QEMU has ended: ${said}`)));
  });
  startFailed.catch(() => {});
  const open = (name: string, onLine?: (line: string) => void) =>
    Promise.race([openLineSocket(socket(name), onLine), startFailed]);
  const [console_, page, hand, monitor] = await Promise.all([
    open('console', onConsole),
    open('page'),
    open('hand'),
    open('monitor'),
  ]);
  const cutPower = () => endNow(qemu, ended, [console_, page, hand, monitor]);
  return {
    ...{ console: console_, page, cutPower },
    run: (script, withinMs) => runInside(hand, script, withinMs),
    tell: (command, words) => tellQemu(monitor, command, words),
  };
}

async function endNow(qemu: ChildProcess, ended: Promise<void>, sockets: readonly LineSocket[]): Promise<void> {
  qemu.kill('SIGKILL');
  await ended;
  for (const socket of sockets) socket.close();
}

const RUN_WITHIN_MS = 120_000;

let asked = 0;

/** See rootfs-virt/usr/lib/kazasu/virt-hand. */
async function runInside(hand: LineSocket, script: string, withinMs = RUN_WITHIN_MS): Promise<Answer> {
  const number = `${++asked}`;
  hand.send(`${number} ${Buffer.from(script).toString('base64')}`);
  const line = await hand.next((text) => text.startsWith(`${number} `), withinMs);
  const [, status = '', output = ''] = line.split(' ');
  return { status: Number(status), output: Buffer.from(output, 'base64').toString('utf8').trimEnd() };
}

const TELL_WITHIN_MS = 30_000;

/** QEMU Machine Protocol: one JSON a line, the answer with the number that was asked with. */
async function tellQemu(monitor: LineSocket, command: string, words: object): Promise<void> {
  const id = ++asked;
  // Nothing else is understood before this; a second time it is refused, which nobody waits for.
  monitor.send(JSON.stringify({ execute: 'qmp_capabilities' }));
  monitor.send(JSON.stringify({ execute: command, arguments: words, id }));
  const line = await monitor.next((text) => JSON.parse(text).id === id, TELL_WITHIN_MS);
  const { error } = JSON.parse(line);
  if (error) throw new Error(`QEMU refuses ${command}: ${error.desc}`);
}
