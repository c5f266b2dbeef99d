/*
 * What is told to the host. An answer that does not fit into what is free to be sent is dropped whole and counted: a host
 * asks again, and no half message goes out. All return true, for the question was understood; a wrong question is false.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* `cause`: MCUSR of the last reset, told in the status message. Tells version and firmware unasked, as Firmata does. */
void answers_begin(uint8_t cause);

bool tell_version(void);
bool tell_firmware(void);
bool tell_capabilities(void);
bool tell_analog_mapping(void);
bool tell_pin_state(uint8_t number);
bool tell_status(void);
bool tell_echo(const uint8_t *bytes, uint8_t length);
