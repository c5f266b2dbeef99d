#include "tone.h"
#include "clock.h"
#include "pins.h"
#include <avr/io.h>
#include <string.h>

static struct note notes[TONE_NOTES];
static uint8_t next, last;
static bool playing;
static uint32_t ends_at;

/* Timer 2's prescalers as powers of two, by their number in CS22:CS20 (datasheet, table 18-9). */
static const uint8_t prescaler_bits[] = { 0, 3, 5, 6, 7, 8, 10 };

static void silence(void) {
  TCCR2A = 0;
  TCCR2B = 0;
  TONE_PORT &= ~(1 << TONE_BIT);
}

/* The pin toggles at each compare match: f = F_CPU / (2 × prescaler × (OCR2A + 1)). */
static void sound(uint16_t hz) {
  if (hz == 0) {
    silence();
    return;
  }
  uint32_t counts = F_CPU / 2 / hz;
  uint8_t select = 0;
  while ((counts >> prescaler_bits[select]) > 256) select++;
  uint8_t bits = prescaler_bits[select];
  uint32_t half_step = bits == 0 ? 0 : 1UL << (bits - 1);
  uint16_t top = (counts + half_step) >> bits;
  OCR2A = (top > 256 ? 256 : top) - 1;
  TCNT2 = 0;
  TCCR2A = 1 << COM2A0 | 1 << WGM21;
  TCCR2B = select + 1;
}

/* Notes follow from where the last one was to end, so that a late turn does not shift the rest. */
static void play_next(void) {
  if (next == last) {
    tone_stop();
    return;
  }
  sound(notes[next].hz);
  ends_at += notes[next].ms;
  next++;
}

void tone_begin(void) {
  TONE_DDR |= 1 << TONE_BIT;
  tone_stop();
}

void tone_play(const struct note *wanted, uint8_t count) {
  memcpy(notes, wanted, count * sizeof *wanted);
  next = 0;
  last = count;
  playing = true;
  ends_at = clock_ms();
  play_next();
}

void tone_stop(void) {
  playing = false;
  silence();
}

void tone_turn(uint32_t now) {
  while (playing && (int32_t)(now - ends_at) >= 0) play_next();
}
