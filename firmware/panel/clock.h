/* Milliseconds since the program began. */
#pragma once
#include <stdint.h>

void clock_begin(void);
uint32_t clock_ms(void);
