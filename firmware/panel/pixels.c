/*
 * One bit is 20 cycles of 62.5 ns, high first: 5 cycles (0.31 µs) for a 0, 12 cycles (0.75 µs) for a 1; the WS2812B takes
 * 0.25…0.55 µs and 0.65…0.95 µs. A low of 50 µs shows what was sent; between two bytes there are some cycles more.
 *
 *   cycle  0     5        12           20
 *   0      ▔▔▔▔▔▔▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
 *   1      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▁▁▁▁▁▁▁▁▁▁▁▁▁▁
 *
 * An interrupt in between would stretch a bit, so none may come. The serial receiver keeps two bytes and the one that
 * arrives: three at 57600 baud are 0.5 ms, and the twelve pixels take less.
 */
#include "pixels.h"
#include "pins.h"
#include <avr/io.h>
#include <util/atomic.h>

void pixels_begin(void) {
  RING_PORT &= ~(1 << RING_BIT);
  RING_DDR |= 1 << RING_BIT;
}

static inline void send(uint8_t byte) {
  uint8_t bits = 8;
  __asm__ volatile("1: sbi %[port], %[pin]\n"
                   "   rjmp .+0\n"
                   "   sbrs %[byte], 7\n"
                   "   cbi %[port], %[pin]\n" /* 0: low after 5 cycles */
                   "   rjmp .+0\n"
                   "   rjmp .+0\n"
                   "   rjmp .+0\n"
                   "   cbi %[port], %[pin]\n" /* 1: low after 12 cycles */
                   "   lsl %[byte]\n"
                   "   rjmp .+0\n"
                   "   dec %[bits]\n"
                   "   brne 1b\n"
                   : [byte] "+r"(byte), [bits] "+r"(bits)
                   : [port] "I"(_SFR_IO_ADDR(RING_PORT)), [pin] "I"(RING_BIT));
}

void pixels_send(const struct pixel *pixels) {
  const uint8_t *bytes = (const uint8_t *)pixels;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    for (uint8_t i = 0; i < RING_PIXELS * sizeof *pixels; i++) send(bytes[i]);
  }
}
