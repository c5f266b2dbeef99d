/**
 * A PN532 at the end of a line. It tells nothing unasked, so its field is looked into at every heartbeat.
 *
 *   nobody there   the field is taken down and looked into anew
 *   a card there   it is activated once, when it is found, and then asked whether it is there: another card that takes its
 *                  place unseen was not activated and does not answer
 *   powered on     the same activation, as long as no command has been sent to it
 *
 * Any fault between module and card ends the activation: application and PIN state are gone, so commands fail until the
 * card is powered on again. Where the card did not answer at all it counts as having left, whatever is found there then.
 */
import { failed, ok, type Result } from '../../../faults/result.ts';
import type { CardState, LinkOptions, ModuleLink, PoweredCard } from '../module-link.ts';
import { changeBaudRate } from './baud-rate.ts';
import { type CardOutcome, exchangeApdu } from './card-exchange.ts';
import { command, nameOfStatus, saysThatCardLeft } from './commands.ts';
import { createExchange } from './exchange.ts';
import { askPresence, type CardInField, findCard, releaseCard } from './field.ts';

const SLOT = 0;
const MAX_POWER_TRIES = 2;

type Activation = { readonly atr: Uint8Array; used: boolean; powered: boolean };

export function createPn532Link(options: LinkOptions): ModuleLink {
  const { clock, onNews } = options;
  const exchange = createExchange(options);
  let activation: Activation | undefined;
  let kindThere: CardInField['kind'] = 'none';

  function tell(card: CardState | 'present' | 'mute'): void {
    if (!exchange.deadWith) onNews({ slot: SLOT, card, told: false });
  }

  async function look(): Promise<Result<CardInField>> {
    activation = undefined;
    const found = await findCard(exchange);
    if (!found.ok) return found;
    const { kind } = found.value;
    if (found.value.kind === 'type-b') activation = { atr: found.value.atr, used: false, powered: false };
    if (kind === 'none' || kind !== kindThere) tell('absent');
    if (kind !== 'none') tell('present');
    kindThere = kind;
    return found;
  }

  async function lookAtSlots(): Promise<void> {
    const presence = activation ? await askPresence(exchange) : 'none';
    if (presence === 'there') tell(activation?.powered ? 'active' : 'present');
    if (presence === 'gone') tell('mute');
    if (presence === 'gone' || presence === 'none') await look();
  }

  async function powerOn(): Promise<Result<PoweredCard>> {
    if (activation && !activation.used) await lookAtSlots();
    for (let tries = 0; tries < MAX_POWER_TRIES; tries++) {
      if (activation && !activation.used) return ok(poweredCard(activation));
      const found = await look();
      if (!found.ok && found.fault.code !== 'CARD-102') return found;
      if (found.ok && found.value.kind === 'none') return failed('CARD-101');
      if (found.ok && found.value.kind === 'other') return failed('CARD-103', 'not a card of Type B with ISO/IEC 14443-4');
    }
    return activation ? ok(poweredCard(activation)) : failed('CARD-102', 'the module did not say what lies in its field');
  }

  function poweredCard(own: Activation): PoweredCard {
    own.powered = true;
    return {
      atr: own.atr,
      async transmit(apdu) {
        if (activation !== own) return failed('CARD-104', 'the card has to be powered on again');
        own.used = true;
        const outcome = await exchangeApdu(exchange, apdu, clock);
        return outcome.at === 'answered' ? ok(outcome.data) : whatBecameOfIt(outcome);
      },
    };
  }

  async function whatBecameOfIt(outcome: Exclude<CardOutcome, { at: 'answered' }>): Promise<Result<never>> {
    if (outcome.at === 'dead') return failed(outcome.code);
    const presence = outcome.at === 'lost' ? await askPresence(exchange) : 'unknown';
    if (presence === 'there') return failed('CARD-104', 'the answer was lost');
    const left = presence === 'gone' || (outcome.at === 'failed' && saysThatCardLeft(outcome.status));
    if (left) tell('mute');
    const found = await look();
    if (!found.ok && found.fault.code !== 'CARD-102') return found;
    const nobody = found.ok && found.value.kind === 'none';
    if (left || nobody) return failed('CARD-101');
    return failed('CARD-104', outcome.at === 'failed' ? nameOfStatus(outcome.status) : 'the answer was lost');
  }

  return {
    async greet(baudRate) {
      if (!(await exchange.wakeUp())) return failed(exchange.deadWith ?? 'MOD-201');
      const version = await exchange.command(command.getFirmwareVersion, []);
      if (version.at === 'answered') await changeBaudRate(exchange, baudRate, clock);
      if (exchange.deadWith) return failed(exchange.deadWith);
      return ok(version.at === 'answered' ? nameOfFirmware(version.data) : '');
    },
    lookAtSlots,
    powerOn,
    async powerOff() {
      activation = undefined;
      return releaseCard(exchange);
    },
  };
}

/** `IC version revision support`: 32 01 06 07 is the PN532's, 1.6 (NXP UM0701-02 §7.2.2). */
function nameOfFirmware([, version = 0, revision = 0]: Uint8Array): string {
  return `${version}.${revision}`;
}
