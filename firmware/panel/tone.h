/* Notes on the piezo, by Timer 2 alone: the pin toggles without the program. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct note {
  uint16_t hz; /* 0: a rest */
  uint16_t ms;
};

enum { TONE_NOTES = 8, TONE_LOWEST_HZ = 31 };

void tone_begin(void);
/* Plays the notes one after another, instead of what is playing. At most TONE_NOTES. */
void tone_play(const struct note *notes, uint8_t count);
void tone_stop(void);
void tone_turn(uint32_t now);
