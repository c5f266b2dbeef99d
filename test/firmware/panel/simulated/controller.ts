/**
 * An ATmega328P in avr8js, with what that simulator leaves open:
 * - SLEEP does nothing there: here it skips to the next event, so that a second takes a fraction of one;
 * - after SEI one more instruction runs before any interrupt: the way in which a program sleeps without missing one;
 * - a write to UCSR0B would lose a byte that has just come: here one that only asks for the send interrupt does not;
 * - a reset leaves the peripherals as they are: here their registers are cleared, as the datasheet says.
 */
import {
  AVRClock,
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  AVRWatchdog,
  avrInstruction,
  CPU,
  clockConfig,
  PinState,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import { type PanelPinout, type Pin, portOf } from '../../../../hardware/pinout.ts';
import { skipIdleSteps } from './sparse-timers.ts';

export type Level = 'low' | 'high' | 'open' | 'pulled-up';
/** Bits of MCUSR */
export const resetCauses = { powerOn: 1, resetLine: 2, brownOut: 4, watchdog: 8 } as const;

export type Controller = {
  readonly cpu: CPU;
  readonly usart: AVRUSART;
  readonly clockHz: number;
  /** Goes on until the clock has counted so far. */
  runTo(cycle: number): void;
  /** What the pin does outside: driven low or high, or an input. */
  level(pin: Pin): Level;
  onChange(pin: Pin, listener: (level: Level) => void): void;
  /** Drives an input from outside. */
  drive(pin: Pin, high: boolean): void;
  reset(cause: keyof typeof resetCauses): void;
  /** The program gets no further than where it is: what only the watchdog ends. */
  hang(): void;
};

const FLASH_BYTES = 32 * 1024;
const SRAM_BYTES = 2048;
const [FIRST_REGISTER, LAST_REGISTER] = [0x20, 0xff];
const [SLEEP, ENABLE_INTERRUPTS, JUMP_TO_ITSELF] = [0x9588, 0x9478, 0xcfff];
/** The stack pointer, which the reset has set, and what would be sent if it were written to. */
const kept = [0x5d, 0x5e, usart0Config.UDR];
const UDRIE0 = 0x20;
const levels: Readonly<Record<PinState, Level>> = {
  [PinState.Low]: 'low',
  [PinState.High]: 'high',
  [PinState.Input]: 'open',
  [PinState.InputPullUp]: 'pulled-up',
};

export function createController(program: Uint8Array, { controller }: PanelPinout): Controller {
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  flash.set(program);
  const cpu = new CPU(new Uint16Array(FLASH_BYTES / 2), SRAM_BYTES);
  const ports = { B: new AVRIOPort(cpu, portBConfig), C: new AVRIOPort(cpu, portCConfig), D: new AVRIOPort(cpu, portDConfig) };
  const timers = [timer0Config, timer1Config, timer2Config].map((timer) => new AVRTimer(cpu, timer));
  skipIdleSteps(cpu, timers);
  const usart = new AVRUSART(cpu, usart0Config, controller.clockHz);
  new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, controller.clockHz, clockConfig));
  keepArrivedBytes(cpu, usart);

  const plainReset = cpu.reset.bind(cpu);
  let resetWanted = false;
  let asleep = false;
  // The watchdog asks for it in the middle of a tick, which would bring back the events of before.
  cpu.reset = () => {
    resetWanted = true;
  };

  function reset(cause: number): void {
    resetWanted = asleep = false;
    cpu.progBytes.set(flash);
    plainReset();
    for (let register = FIRST_REGISTER; register <= LAST_REGISTER; register++) {
      if (!kept.includes(register)) cpu.writeData(register, 0);
    }
    usart.reset();
    cpu.data[watchdogConfig.MCUSR] = cause;
  }

  function step(untilCycle: number): void {
    if (asleep) {
      sleep(untilCycle);
      return;
    }
    const opcode = cpu.progMem[cpu.pc];
    avrInstruction(cpu);
    if (opcode === SLEEP && cpu.nextInterrupt < 0) asleep = true;
    if (opcode !== ENABLE_INTERRUPTS) tick();
  }

  function sleep(untilCycle: number): void {
    const next = (cpu as unknown as { nextClockEvent: { cycles: number } | null }).nextClockEvent;
    cpu.cycles = Math.max(cpu.cycles, Math.min(untilCycle, next?.cycles ?? untilCycle));
    tick();
  }

  /** An interrupt wakes: it is seen by the jump to its vector. */
  function tick(): void {
    const { pc } = cpu;
    cpu.tick();
    if (cpu.pc !== pc) asleep = false;
  }

  // Memory is anything at power-on: a program that trusts it would be seen.
  cpu.data.fill(0xa5, LAST_REGISTER + 1);
  reset(resetCauses.powerOn);

  return {
    cpu,
    usart,
    clockHz: controller.clockHz,
    runTo(cycle) {
      while (cpu.cycles < cycle) {
        step(cycle);
        if (resetWanted) reset(cpu.data[watchdogConfig.MCUSR] ?? 0);
      }
    },
    level: (pin) => levels[ports[portOf(pin).port].pinState(portOf(pin).bit)],
    onChange(pin, listener) {
      const { port, bit } = portOf(pin);
      let before = levels[ports[port].pinState(bit)];
      ports[port].addListener(() => {
        const now = levels[ports[port].pinState(bit)];
        if (now !== before) listener(now);
        before = now;
      });
    },
    drive: (pin, high) => ports[portOf(pin).port].setPin(portOf(pin).bit, high),
    reset: (cause) => reset(resetCauses[cause]),
    hang() {
      cpu.progMem[cpu.pc] = JUMP_TO_ITSELF;
    },
  };
}

function keepArrivedBytes(cpu: CPU, usart: AVRUSART): void {
  const write = cpu.writeHooks[usart0Config.UCSRB];
  cpu.writeHooks[usart0Config.UCSRB] = (value, before, address, mask) => {
    if (((value ^ before) & ~UDRIE0) !== 0) return write?.(value, before, address, mask);
    cpu.data[usart0Config.UCSRB] = value;
    cpu.updateInterruptEnable(usart['UDRE'], value);
    return true;
  };
}
