/* A pin by its input register. The three registers of a port follow one another: PIN, DDR, PORT (datasheet, 36). */
#pragma once
#include <stdint.h>

struct line {
  volatile uint8_t *pin;
  uint8_t bit;
};

#define DDR_OF(pin_register) (*((pin_register) + 1))
#define PORT_OF(pin_register) (*((pin_register) + 2))
