/** A TCP proxy on loopback that does to a connection what networks do; it sees nothing but ciphertext. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export const tcpFaults = [
  /** Connections are reset as they come, and those that stand as well. */
  'refused',
  /** Reset when the first bytes of the reader come. */
  'reset-at-request',
  /** The request passes; reset when the first bytes of the answer come. */
  'reset-at-answer',
  /** Half of the answer passes, then an orderly end. */
  'cut-answer',
  /** The connection stands, and nothing passes any more. */
  'half-open',
  /** The request passes, its answer does not, and the connection stands. */
  'swallowed-answer',
  /** The answer drips: a byte in 20 ms. */
  'slow-drip',
  /** Random bytes in the place of the answer. */
  'garbage',
  /** One bit of the answer is turned. */
  'turned-bit',
  /** The answer comes twice. */
  'doubled-answer',
] as const;
export type TcpFault = (typeof tcpFaults)[number];

const DRIP_MS = 20;

export class TcpGate {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #fault: TcpFault | undefined;
  #times = 0;

  static async open(targetPort: number): Promise<TcpGate> {
    const gate = new TcpGate(targetPort);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  private constructor(targetPort: number) {
    this.#server = createServer((reader) => this.#joined(reader, targetPort));
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  arm(fault: TcpFault, times: number): void {
    this.#fault = fault;
    this.#times = times;
    if (fault === 'refused') this.#dropAll();
  }

  /** What was armed is over, and what it left of connections too. */
  disarm(): void {
    if (this.#fault) this.#dropAll();
    this.#fault = undefined;
  }

  close(): void {
    this.#dropAll();
    this.#server.close();
  }

  #dropAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#sockets.clear();
  }

  /** Whether one of these befalls the connection now. */
  #befalls(...faults: readonly TcpFault[]): TcpFault | undefined {
    if (!this.#fault || this.#times <= 0 || !faults.includes(this.#fault)) return undefined;
    this.#times--;
    return this.#fault;
  }

  #joined(reader: Socket, targetPort: number): void {
    const gateway = connect({ host: '127.0.0.1', port: targetPort });
    for (const socket of [reader, gateway]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    }
    reader.on('close', () => gateway.destroy());
    gateway.on('close', () => reader.end());
    if (this.#befalls('refused')) return void reader.resetAndDestroy();
    const state = { dead: false, mute: false };
    reader.on('data', (bytes) => this.#asked(bytes, reader, gateway, state));
    gateway.on('data', (bytes) => this.#answered(bytes, reader, state));
  }

  #asked(bytes: Buffer, reader: Socket, gateway: Socket, state: { dead: boolean }): void {
    const fault = this.#befalls('reset-at-request', 'half-open');
    if (fault === 'reset-at-request') return void reader.resetAndDestroy();
    if (fault === 'half-open') state.dead = true;
    if (!state.dead) gateway.write(bytes);
  }

  #answered(bytes: Buffer, reader: Socket, state: { dead: boolean; mute: boolean }): void {
    if (state.dead || state.mute) return;
    switch (
      this.#befalls('reset-at-answer', 'cut-answer', 'swallowed-answer', 'slow-drip', 'garbage', 'turned-bit', 'doubled-answer')
    ) {
      case 'reset-at-answer':
        return void reader.resetAndDestroy();
      case 'cut-answer':
        return void reader.end(bytes.subarray(0, bytes.length >> 1));
      case 'swallowed-answer':
        state.mute = true;
        return;
      case 'slow-drip':
        state.mute = true;
        drip(bytes, reader);
        return;
      case 'garbage':
        return void reader.write(randomBytes(bytes.length));
      case 'turned-bit':
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x08;
        return void reader.write(bytes);
      case 'doubled-answer':
        return void reader.write(Buffer.concat([bytes, bytes]));
      default:
        reader.write(bytes);
    }
  }
}

function drip(bytes: Buffer, reader: Socket): void {
  let at = 0;
  const timer = setInterval(() => {
    if (reader.destroyed || at >= bytes.length) return clearInterval(timer);
    reader.write(bytes.subarray(at, ++at));
  }, DRIP_MS);
}
