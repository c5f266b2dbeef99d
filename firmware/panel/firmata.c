/*
 * Firmata's framing (protocol 2.6):
 *
 *   command 80…EF, F4 …  then its data bytes, each below 80
 *   F0  data bytes  F7   system exclusive ("sysex")
 *   F9, FF               nothing follows
 *
 * A command byte in the middle of a message ends that message unfinished; data without a command is noise. Both are
 * counted and what follows is read as usual, so that no noise can lead to more than the loss of a message.
 */
#include "firmata.h"
#include "counts.h"
#include "failsafe.h"
#include "messages.h"
#include "protocol.h"
#include <stdbool.h>

static uint8_t command; /* 0: none has begun */
static uint8_t data[SYSEX_MAX];
static uint8_t length;
static bool too_long;

static void judge(bool understood) {
  if (understood) failsafe_heard();
  else count(&counts.malformed);
}

static void begin(uint8_t byte) {
  if (command != 0) count(&counts.malformed);
  command = byte;
  length = 0;
  too_long = false;
  if (message_data_length(byte) != 0 || byte == SYSEX_START) return;
  command = 0;
  judge(message_short(byte, 0, 0));
}

static void end_sysex(void) {
  bool whole = command == SYSEX_START && !too_long;
  command = 0;
  judge(whole && message_sysex(data, length));
}

static void add(uint8_t byte) {
  if (command == 0) {
    count(&counts.malformed);
    return;
  }
  if (length == SYSEX_MAX) {
    too_long = true;
    return;
  }
  data[length++] = byte;
  if (command == SYSEX_START || length < message_data_length(command)) return;
  uint8_t whole = command;
  command = 0;
  judge(message_short(whole, data[0], data[1]));
}

void firmata_take(uint8_t byte) {
  if (byte == SYSEX_END) end_sysex();
  else if (byte & 0x80) begin(byte);
  else add(byte);
}
