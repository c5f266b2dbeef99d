/**
 * The module at another rate (NXP UM0701-02, SetSerialBaudRate).
 *
 *   10 BR → 11 at the old rate, then the host's ACK; module and host change after it
 */
import { type Clock, pause } from '../../../clock.ts';
import { command } from './commands.ts';
import type { Exchange } from './exchange.ts';

/** The command counts the rates from 9600 on. */
const RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600];
/** Rates at which a module may be found: at power-up, and as raised before. */
export const USUAL_RATES = [115_200, 460_800, 230_400, 921_600] as const;

/** The module wants 200 µs; the ACK itself has left by then at 9600 baud too. */
const SETTLE_MS = 20;

/** Goes on at `baudRate` where the module takes it, else at whatever it answers. The line may be found to be dead. */
export async function changeBaudRate(exchange: Exchange, baudRate: number, clock: Clock): Promise<void> {
  const code = RATES.indexOf(baudRate);
  if (code < 0) return;
  const agreed = await exchange.command(command.setSerialBaudRate, [code]);
  if (agreed.at !== 'answered') return;
  await exchange.confirm();
  await pause(clock, SETTLE_MS);
  for (const rate of [baudRate, ...USUAL_RATES]) {
    await exchange.setBaudRate(rate);
    if (await exchange.isInStep()) return;
  }
}
