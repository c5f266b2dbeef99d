/* Cuts the host's bytes into messages. */
#pragma once
#include <stdint.h>

/* Takes one byte of the host. Returns through messages.h whatever is whole. */
void firmata_take(uint8_t byte);
