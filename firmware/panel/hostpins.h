/* The pins that the host sees as Firmata pins: which they are stands in pins.h as HOST_PINS. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { PIN_COUNT = 20 };

void hostpins_begin(void);
/* Looks at the inputs and tells of changes; called every millisecond. */
void hostpins_turn(void);

/* All four: false for a pin that has no such use. */
bool hostpins_set_mode(uint8_t number, uint8_t mode);
bool hostpins_write_pwm(uint8_t number, uint16_t level);
bool hostpins_write_port(uint8_t port, uint8_t levels);
bool hostpins_report(uint8_t port, bool wanted);

/* The mode, MODE_IGNORED for a pin that is not the host's. */
uint8_t hostpins_mode(uint8_t number);
/* What was written to an output, or 1 for an input that is pulled up. */
uint16_t hostpins_state(uint8_t number);

uint8_t hostpins_capabilities_length(void);
void hostpins_write_capabilities(void);
