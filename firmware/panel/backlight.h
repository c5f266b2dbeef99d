/* The screen's backlight: Timer 1's first output, 0 (dark) … 255 (full). */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void backlight_begin(void);
/* What the host asks for. */
void backlight_set(uint8_t level);
uint8_t backlight_level(void);
/* Full light as long as it holds, whatever was asked for. */
void backlight_hold_full(bool full);
