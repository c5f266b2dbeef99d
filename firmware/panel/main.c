/*
 * The panel's main loop. Each part has its turn, takes what there is to take, and never waits: one turn is some tens of
 * microseconds, and 0.4 ms when the ring is written.
 */
#include "answers.h"
#include "backlight.h"
#include "clock.h"
#include "counts.h"
#include "failsafe.h"
#include "firmata.h"
#include "hostpins.h"
#include "pad.h"
#include "panel.h"
#include "ring.h"
#include "tone.h"
#include "uart.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

struct counts counts;

/* Not cleared at the start, so that it can be set before memory is. */
static uint8_t reset_cause __attribute__((section(".noinit")));

/* After its own reset the watchdog goes on at its shortest, 16 ms: it is stopped before memory is set up. */
__attribute__((naked, used, section(".init3"))) void keep_reset_cause(void) {
  reset_cause = MCUSR;
  MCUSR = 0;
  wdt_disable();
}

void panel_begin(void) {
  hostpins_begin();
  pad_begin();
  tone_begin();
  ring_begin();
  backlight_begin();
  failsafe_begin();
}

/* The next byte or millisecond wakes it. What came since `now` must not be slept over, hence the look with interrupts off. */
static void sleep_until_interrupt(uint32_t now) {
  cli();
  if (!uart_has_byte() && clock_ms() == now) {
    sleep_enable();
    sei(); /* the instruction after it still runs before any interrupt */
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void) {
  clock_begin();
  uart_begin();
  panel_begin();
  answers_begin(reset_cause);
  wdt_enable(WDTO_500MS);
  sei();

  uint32_t last = 0;
  for (;;) {
    wdt_reset();
    while (uart_has_byte()) firmata_take(uart_read());
    uint32_t now = clock_ms();
    if (now != last) {
      last = now;
      hostpins_turn();
      pad_turn();
      tone_turn(now);
      failsafe_turn(now);
      ring_turn(now);
    }
    sleep_until_interrupt(now);
  }
}
