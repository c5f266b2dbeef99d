/* The ring of lights and the effects that it runs by itself. */
#pragma once
#include <stdint.h>

enum { RING_OFF, RING_STEADY, RING_BREATHE, RING_SPIN, RING_BLINK };

struct look {
  uint8_t effect;
  uint8_t red, green, blue;
  uint16_t period; /* milliseconds */
};

void ring_begin(void);
/* What the host asks for. The same look again does not begin its effect anew. */
void ring_show(struct look look);
/* Shows `look` instead of what the host asks for, until it is given 0. */
void ring_hold(const struct look *look);
void ring_turn(uint32_t now);
