#include "failsafe.h"
#include "backlight.h"
#include "clock.h"
#include "counts.h"
#include "pins.h"
#include "ring.h"
#include "tone.h"
#include <avr/io.h>

/* Slow and dim: nobody is called, and whoever comes sees that this reader is not in service. */
static const struct look not_in_service = { .effect = RING_BREATHE, .red = 120, .green = 60, .blue = 0, .period = 4000 };

static uint32_t heard_at;
static uint16_t allowed_ms;
static bool on;

static void set(bool silent) {
  on = silent;
  backlight_hold_full(silent);
  ring_hold(silent ? &not_in_service : 0);
  if (silent) tone_stop();
}

void failsafe_begin(void) {
  allowed_ms = 2000;
  ALIVE_DDR |= 1 << ALIVE_BIT;
  failsafe_heard();
}

void failsafe_heard(void) {
  heard_at = clock_ms();
  if (on) set(false);
}

bool failsafe_allow(uint16_t seconds) {
  if (seconds < 1 || seconds > 60) return false;
  allowed_ms = seconds * 1000;
  return true;
}

/* The board's own LED shows a technician that the program turns, and whether it hears the host. */
static void show_alive(uint32_t now) {
  uint16_t half_period = on ? 125 : 500;
  if (now / half_period & 1) ALIVE_PORT |= 1 << ALIVE_BIT;
  else ALIVE_PORT &= ~(1 << ALIVE_BIT);
}

void failsafe_turn(uint32_t now) {
  show_alive(now);
  if (on || now - heard_at < allowed_ms) return;
  count(&counts.silences);
  set(true);
}
