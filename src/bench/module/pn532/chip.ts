/**
 * What a PN532 does with each command (NXP UM0701-02 §7): code and parameters in, code + 1 and results out.
 * Registers and ports are kept and mean nothing; as a target, or to other NFC devices, it finds nobody.
 */
import { concat } from '../../card/bytes.ts';
import type { ContactlessField } from './contactless-field.ts';
import { DataExchange, type Execute, STATUS } from './data-exchange.ts';

/** `afterMs`: the time that the command takes. */
export type ChipAnswer = { readonly data: Uint8Array; readonly afterMs?: number } | 'syntax-error' | 'waits-for-card';

const FIRMWARE = Uint8Array.of(0x32, 0x01, 0x06, 0x07);
const BAUD_RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_288_000];
const FOR_EVER = 0xff;

export class Pn532Chip {
  readonly #field: ContactlessField;
  readonly #data: DataExchange;
  readonly #registers = new Map<number, number>();
  #maxRetries = FOR_EVER;
  #fieldOn = false;
  /** Agreed on, in force after the host's ACK. */
  nextBaudRate: number | undefined;

  constructor(field: ContactlessField, execute: Execute) {
    this.#field = field;
    this.#data = new DataExchange(field, execute);
  }

  restart(): void {
    this.#registers.clear();
    this.#maxRetries = FOR_EVER;
    this.#switchField(false);
    this.#data.drop();
    this.nextBaudRate = undefined;
  }

  answer([code = 0, ...parameters]: Uint8Array): ChipAnswer {
    const result = this.#perform(code, parameters);
    if (typeof result === 'string') return result;
    return { ...result, data: concat(Uint8Array.of(code + 1), result.data) };
  }

  #perform(code: number, parameters: readonly number[]): ChipAnswer {
    const field = this.#field;
    const [first = 0] = parameters;
    switch (code) {
      case 0x00:
        return this.#diagnose(parameters);
      case 0x02:
        return { data: FIRMWARE };
      case 0x04:
        return of(0, Number(this.#fieldOn), field.target === 'none' ? 0 : 1, ...(field.target === 'none' ? [] : [1, 0, 0, 3]), 0);
      case 0x06:
        return of(...pairs(parameters, 2).map(([high = 0, low = 0]) => this.#registers.get(high * 256 + low) ?? 0));
      case 0x08:
        for (const [high = 0, low = 0, value = 0] of pairs(parameters, 3)) this.#registers.set(high * 256 + low, value);
        return of();
      case 0x0c:
        return of(0x3f, 0x06, 0x00);
      case 0x0e: // WriteGPIO
      case 0x12: // SetParameters
      case 0x14: // SAMConfiguration
        return parameters.length > 0 ? of() : 'syntax-error';
      case 0x10:
        this.nextBaudRate = BAUD_RATES[first];
        return this.nextBaudRate === undefined ? 'syntax-error' : of();
      case 0x16:
        this.#switchField(false);
        return of(STATUS.done);
      case 0x32:
        return this.#configureRf(parameters);
      case 0x40:
        return this.#data.exchange(parameters);
      case 0x42: // InCommunicateThru: nobody answers raw frames
      case 0x46:
      case 0x56:
        return of(STATUS.timeout);
      case 0x4a:
        return this.#list(parameters);
      case 0x44: // InDeselect
      case 0x52: // InRelease
        this.#data.drop();
        field.deselect();
        if (code === 0x52) field.forget();
        return of(STATUS.done);
      case 0x54:
        return of(field.target !== 'none' || field.select() ? STATUS.done : STATUS.wrongState);
      default:
        return 'syntax-error';
    }
  }

  #diagnose([test, ...data]: readonly number[]): ChipAnswer {
    if (test === undefined) return 'syntax-error';
    if (test === 0x00) return of(test, ...data);
    if (test === 0x01 || test === 0x02 || test === 0x07) return of(STATUS.done);
    if (test !== 0x06) return 'syntax-error';
    const field = this.#field;
    if (field.target === 'none') return of(STATUS.wrongState);
    if (field.target !== 'gone') return of(STATUS.done);
    field.forget();
    return { ...of(STATUS.timeout), afterMs: field.waitMs };
  }

  #configureRf([item, ...values]: readonly number[]): ChipAnswer {
    const [first = 0, , third = FOR_EVER] = values;
    if (item === undefined || values.length === 0) return 'syntax-error';
    if (item === 0x01) this.#switchField((first & 0x01) !== 0);
    if (item === 0x05) this.#maxRetries = third;
    return of();
  }

  #switchField(on: boolean): void {
    this.#fieldOn = on;
    if (!on) this.#field.switchOff();
  }

  #list([most = 0, modulation = 0xff]: readonly number[]): ChipAnswer {
    if (most < 1 || most > 2 || modulation > 0x04) return 'syntax-error';
    this.#fieldOn = true;
    this.#data.drop();
    const target = this.#field.list(modulation);
    if (target) return { data: concat(Uint8Array.of(1, 1), target) };
    return this.#maxRetries === FOR_EVER ? 'waits-for-card' : of(0);
  }
}

function of(...bytes: number[]): { data: Uint8Array } {
  return { data: Uint8Array.from(bytes) };
}

function pairs(values: readonly number[], size: number): (readonly number[])[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
