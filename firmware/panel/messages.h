/* What each message of the host does. README.md has every byte. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* How many data bytes follow this command; 0 for none, for a sysex and for what is no command. */
uint8_t message_data_length(uint8_t command);

/* Both return whether the message was one that the panel knows, with values that it can take. */
bool message_short(uint8_t command, uint8_t first, uint8_t second);
/* `bytes` begins with the sysex's own command. */
bool message_sysex(const uint8_t *bytes, uint8_t length);
