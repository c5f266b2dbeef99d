/* The wire to the ring's WS2812B pixels. */
#pragma once
#include <stdint.h>

/* In the order in which a pixel takes its bytes. */
struct pixel {
  uint8_t green, red, blue;
};

void pixels_begin(void);
/* Sends all RING_PIXELS of them; interrupts wait for 0.4 ms. */
void pixels_send(const struct pixel *pixels);
