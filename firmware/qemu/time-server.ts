/** An SNTP server (RFC 4330) with this PC's own time: an emulated board's time must come from somewhere. */
import { createSocket, type Socket } from 'node:dgram';
import { systemClock } from '../../src/clock.ts';

const PORT = 123;
const PACKET_BYTES = 48;
/** Version 4, mode 4 (server); stratum 1; 2^6 s between questions; 2^-20 s precision. */
const HEADER = [0x24, 1, 6, 0xec];
/** Seconds from 1900, which NTP counts from, to 1970. */
const EPOCH_SECONDS = 2_208_988_800;

/** Serves on loopback, which a machine in QEMU reaches as 10.0.2.2. */
export async function serveTime(): Promise<Socket> {
  const server = createSocket('udp4');
  server.on('message', (asked, { port, address }) => {
    if (asked.length < PACKET_BYTES) return;
    const answer = Buffer.alloc(PACKET_BYTES);
    answer.set(HEADER);
    answer.write('LOCL', 12, 'latin1');
    writeTime(answer, 16);
    // The client's own time of sending tells it which question this answers.
    asked.copy(answer, 24, 40, 48);
    writeTime(answer, 32);
    writeTime(answer, 40);
    server.send(answer, port, address);
  });
  await new Promise<void>((bound) => server.bind(PORT, '127.0.0.1', bound));
  return server;
}

function writeTime(packet: Buffer, at: number): void {
  const ms = systemClock.wall().getTime();
  packet.writeUInt32BE(Math.floor(ms / 1_000) + EPOCH_SECONDS, at);
  packet.writeUInt32BE(Math.floor(((ms % 1_000) / 1_000) * 2 ** 32), at + 4);
}
