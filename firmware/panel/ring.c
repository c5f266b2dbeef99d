#include "ring.h"
#include "clock.h"
#include "pins.h"
#include "pixels.h"
#include <string.h>

/* Nothing flashes three times a second or more (WCAG 2.2, 2.3.1). */
enum { SHORTEST_PERIOD_MS = 400 };
/* Forty pictures a second; also when nothing changes, since a pixel that was disturbed shows it until it is told anew. */
enum { FRAME_MS = 25 };

static struct look wanted;
static const struct look *held;
static uint32_t began_at, drawn_at;

static uint8_t breathe(uint8_t phase) {
  uint8_t rising = phase < 128 ? 2 * phase : 2 * (255 - phase);
  /* Squared, because the eye sees light by ratios: even steps would seem to hurry at the dark end. */
  uint16_t square = (uint16_t)rising * rising / 254;
  return 32 + square * 223 / 254;
}

/* A light with a tail of three, going round. */
static uint8_t spin(uint8_t phase, uint8_t pixel) {
  static const uint8_t tail[] = { 255, 96, 32, 8 };
  uint8_t head = (uint16_t)phase * RING_PIXELS / 256;
  uint8_t behind = (head + RING_PIXELS - pixel) % RING_PIXELS;
  return behind < sizeof tail ? tail[behind] : 0;
}

/* How bright a pixel is, 0…255, at `phase` 0…255 of the period. */
static uint8_t brightness(uint8_t effect, uint8_t phase, uint8_t pixel) {
  switch (effect) {
    case RING_STEADY: return 255;
    case RING_BREATHE: return breathe(phase);
    case RING_SPIN: return spin(phase, pixel);
    case RING_BLINK: return phase < 128 ? 255 : 0;
    default: return 0;
  }
}

static uint8_t dim(uint8_t colour, uint8_t level) { return ((uint16_t)colour * level + 127) / 255; }

/* A pixel takes 20 mA a colour at its brightest: together they are kept to what one colour takes. */
static struct look within_budget(struct look look) {
  uint16_t sum = look.red + look.green + look.blue;
  if (sum <= RING_PIXEL_LEVEL_SUM) return look;
  look.red = (uint32_t)look.red * RING_PIXEL_LEVEL_SUM / sum;
  look.green = (uint32_t)look.green * RING_PIXEL_LEVEL_SUM / sum;
  look.blue = (uint32_t)look.blue * RING_PIXEL_LEVEL_SUM / sum;
  return look;
}

static void draw(uint32_t now) {
  struct look look = held ? *held : wanted;
  uint16_t period = look.period < SHORTEST_PERIOD_MS ? SHORTEST_PERIOD_MS : look.period;
  uint8_t phase = (now - began_at) % period * 256 / period;
  struct pixel pixels[RING_PIXELS];
  for (uint8_t i = 0; i < RING_PIXELS; i++) {
    uint8_t level = brightness(look.effect, phase, i);
    pixels[i] = (struct pixel){ .red = dim(look.red, level), .green = dim(look.green, level), .blue = dim(look.blue, level) };
  }
  pixels_send(pixels);
}

static void begin_effect(void) {
  began_at = clock_ms();
  drawn_at = began_at - FRAME_MS;
}

void ring_begin(void) {
  pixels_begin();
  held = 0;
  wanted = (struct look){ .effect = RING_OFF };
  begin_effect();
}

void ring_show(struct look look) {
  look = within_budget(look);
  if (memcmp(&look, &wanted, sizeof look) == 0) return;
  wanted = look;
  if (!held) begin_effect();
}

void ring_hold(const struct look *look) {
  held = look;
  begin_effect();
}

void ring_turn(uint32_t now) {
  if (now - drawn_at < FRAME_MS) return;
  drawn_at = now;
  draw(now);
}
