/* What the panel does when the reader says nothing: light to see by, «not in service», and silence. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void failsafe_begin(void);
/* A whole, valid message has come. */
void failsafe_heard(void);
/* Sets how long the host may be silent. False for what is not 1…60 s. */
bool failsafe_allow(uint16_t seconds);
void failsafe_turn(uint32_t now);
