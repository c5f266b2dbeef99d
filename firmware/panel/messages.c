#include "messages.h"
#include "answers.h"
#include "failsafe.h"
#include "hostpins.h"
#include "panel.h"
#include "protocol.h"
#include "ring.h"
#include "tone.h"

static uint16_t value_at(const uint8_t *bytes) { return bytes[0] | (uint16_t)bytes[1] << 7; }

static bool play(const uint8_t *values, uint8_t length) {
  struct note notes[TONE_NOTES];
  if (length == 0 || length % 4 != 0 || length > 4 * TONE_NOTES) return false;
  for (uint8_t i = 0; i < length / 4; i++) {
    notes[i].hz = value_at(values + 4 * i);
    notes[i].ms = value_at(values + 4 * i + 2);
    if (notes[i].hz != 0 && notes[i].hz < TONE_LOWEST_HZ) return false;
  }
  tone_play(notes, length / 4);
  return true;
}

static bool show(const uint8_t *values, uint8_t length) {
  if (length != 9 || values[0] > RING_BLINK) return false;
  uint16_t red = value_at(values + 1), green = value_at(values + 3), blue = value_at(values + 5);
  if (red > 255 || green > 255 || blue > 255) return false;
  ring_show((struct look){ .effect = values[0], .red = red, .green = green, .blue = blue, .period = value_at(values + 7) });
  return true;
}

uint8_t message_data_length(uint8_t command) {
  switch (command < SYSEX_START ? command & 0xF0 : command) {
    case REPORT_PORT: return 1;
    case DIGITAL_PORT:
    case ANALOGUE_WRITE:
    case PIN_MODE: return 2;
    default: return 0;
  }
}

bool message_short(uint8_t command, uint8_t first, uint8_t second) {
  uint8_t which = command & 0x0F;
  switch (command < SYSEX_START ? command & 0xF0 : command) {
    case REPORT_PORT: return first <= 1 && hostpins_report(which, first);
    case DIGITAL_PORT: return hostpins_write_port(which, first | (second & 1) << 7);
    case ANALOGUE_WRITE: return hostpins_write_pwm(which, first | (uint16_t)second << 7);
    case PIN_MODE: return hostpins_set_mode(first, second);
    case VERSION: return tell_version();
    case RESET: panel_begin(); return true;
    default: return false;
  }
}

bool message_sysex(const uint8_t *bytes, uint8_t length) {
  if (length == 0) return false;
  const uint8_t *values = bytes + 1;
  bool bare = length == 1;
  switch (bytes[0]) {
    case TONE: return play(values, length - 1);
    case RING: return show(values, length - 1);
    case SILENCE: return length == 3 && failsafe_allow(value_at(values));
    case ECHO: return tell_echo(values, length - 1);
    case STATUS: return bare && tell_status();
    case PIN_STATE: return length == 2 && tell_pin_state(values[0]);
    case ANALOG_MAPPING: return bare && tell_analog_mapping();
    case CAPABILITIES: return bare && tell_capabilities();
    case FIRMWARE: return bare && tell_firmware();
    default: return false;
  }
}
