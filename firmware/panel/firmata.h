/* Cuts the host's bytes into messages. */
#pragma once
#include <stdint.h>

/* Takes one byte of the host; what is whole is done by messages.h, and counts as the host's word if it was valid. */
void firmata_take(uint8_t byte);
