#include "answers.h"
#include "build-id.h"
#include "clock.h"
#include "counts.h"
#include "hostpins.h"
#include "protocol.h"
#include "uart.h"

enum { NO_ANALOGUE_CHANNEL = 0x7F };

static const char name[] = "kazasu-panel " BUILD_ID;
static uint8_t reset_cause;

static bool room_for(uint8_t length) {
  if (uart_room_for(length)) return true;
  count(&counts.unsent);
  return false;
}

static bool begin(uint8_t sysex, uint8_t length) {
  if (!room_for(length + 3)) return false;
  uart_write(SYSEX_START);
  uart_write(sysex);
  return true;
}

static bool end(void) {
  uart_write(SYSEX_END);
  return true;
}

bool tell_version(void) {
  if (!room_for(3)) return true;
  uart_write(VERSION);
  uart_write(2);
  uart_write(6);
  return true;
}

bool tell_firmware(void) {
  if (!begin(FIRMWARE, 2 + 2 * (sizeof name - 1))) return true;
  uart_write(PANEL_MAJOR);
  uart_write(PANEL_MINOR);
  for (const char *letter = name; *letter; letter++) uart_write_14(*letter);
  return end();
}

bool tell_capabilities(void) {
  if (!begin(CAPABILITIES_ANSWER, hostpins_capabilities_length())) return true;
  hostpins_write_capabilities();
  return end();
}

bool tell_analog_mapping(void) {
  if (!begin(ANALOG_MAPPING_ANSWER, PIN_COUNT)) return true;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin++) uart_write(NO_ANALOGUE_CHANNEL);
  return end();
}

bool tell_pin_state(uint8_t number) {
  if (number >= PIN_COUNT) return false;
  if (!begin(PIN_STATE_ANSWER, 4)) return true;
  uart_write(number);
  uart_write(hostpins_mode(number));
  uart_write_14(hostpins_state(number));
  return end();
}

bool tell_status(void) {
  if (!begin(STATUS, 11)) return true;
  uint32_t seconds = clock_ms() / 1000;
  uart_write(reset_cause);
  uart_write_14(seconds < COUNT_MAX ? seconds : COUNT_MAX);
  uart_write_14(counts.silences);
  uart_write_14(counts.malformed);
  uart_write_14(counts.lost);
  uart_write_14(counts.unsent);
  return end();
}

bool tell_echo(const uint8_t *bytes, uint8_t length) {
  if (!begin(ECHO, length)) return true;
  while (length--) uart_write(*bytes++);
  return end();
}

void answers_begin(uint8_t cause) {
  reset_cause = cause;
  tell_version();
  tell_firmware();
}
