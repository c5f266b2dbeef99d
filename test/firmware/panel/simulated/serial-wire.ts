/** The two wires between USB serial and controller, one byte after another at the line's speed. */
import { usart0Config } from 'avr8js';
import type { Controller } from './controller.ts';

export type SerialWire = {
  send(bytes: Iterable<number>): void;
  /** Bytes that have not arrived at the controller yet. */
  waiting(): number;
};

/** The receiver keeps the byte to be read and two more; a fourth is lost, and it says so (datasheet, data overrun). */
const KEPT_BEHIND = 2;
const DATA_OVERRUN = 0x08;
const RECEIVE_COMPLETE = 0x80;

/** @param haste how many times faster than the line bytes arrive at the controller; 1 is the line itself */
export function connectSerial({ cpu, usart, clockHz }: Controller, onByte: (byte: number) => void, haste: number): SerialWire {
  /** Start bit, eight bits, stop bit. */
  const cyclesPerByte = () => (10 * clockHz) / usart.baudRate;
  const underway: number[] = [];
  const kept: number[] = [];
  let next = 0;
  let moving = false;

  usart.onByteTransmit = (byte) => cpu.addClockEvent(() => onByte(byte), cyclesPerByte());

  const read = cpu.readHooks[usart0Config.UDR];
  cpu.readHooks[usart0Config.UDR] = (address) => {
    const byte = read?.(address) ?? 0;
    setStatus(0, DATA_OVERRUN);
    const following = kept.shift();
    if (following !== undefined) usart.writeByte(following, true);
    return byte;
  };

  function setStatus(set: number, clear: number): void {
    cpu.data[usart0Config.UCSRA] = ((cpu.data[usart0Config.UCSRA] ?? 0) & ~clear) | set;
  }

  function arrive(): void {
    const byte = underway[next++] ?? 0;
    const unread = ((cpu.data[usart0Config.UCSRA] ?? 0) & RECEIVE_COMPLETE) !== 0;
    if (!unread) usart.writeByte(byte, true);
    else if (kept.length < KEPT_BEHIND) kept.push(byte);
    else setStatus(DATA_OVERRUN, 0);
    moving = next < underway.length;
    if (moving) cpu.addClockEvent(arrive, cyclesPerByte() / haste);
    else underway.length = next = 0;
  }

  return {
    send(bytes) {
      for (const byte of bytes) underway.push(byte);
      if (moving || underway.length === 0) return;
      moving = true;
      cpu.addClockEvent(arrive, cyclesPerByte());
    },
    waiting: () => underway.length - next,
  };
}
