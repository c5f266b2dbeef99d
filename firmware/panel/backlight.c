#include "backlight.h"
#include "pins.h"
#include <avr/io.h>

static uint8_t wanted;
static bool held_full;

static void drive(void) { OCR1A = held_full ? 255 : wanted; }

/* Phase-correct PWM, because fast PWM cannot be all dark: 16 MHz / 8 / 510 = 3.9 kHz, which no camera sees flicker. */
void backlight_begin(void) {
  held_full = false;
  backlight_set(255);
  BACKLIGHT_DDR |= 1 << BACKLIGHT_BIT;
  TCCR1A = 1 << COM1A1 | 1 << WGM10;
  TCCR1B = 1 << CS11;
}

void backlight_set(uint8_t level) {
  wanted = level;
  drive();
}

uint8_t backlight_level(void) { return wanted; }

void backlight_hold_full(bool full) {
  held_full = full;
  drive();
}
