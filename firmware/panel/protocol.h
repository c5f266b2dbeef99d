/* The numbers of the protocol: Firmata 2.6, and the messages that are our own. */
#pragma once

enum {
  DIGITAL_PORT = 0x90,
  REPORT_PORT = 0xD0,
  ANALOGUE_WRITE = 0xE0,
  SYSEX_START = 0xF0,
  PIN_MODE = 0xF4,
  SYSEX_END = 0xF7,
  VERSION = 0xF9,
  RESET = 0xFF,
};

/* What a sysex begins with */
enum {
  TONE = 0x01,
  RING = 0x02,
  SILENCE = 0x03,
  ECHO = 0x04,
  PAD_KEY = 0x05,
  STATUS = 0x06,
  ANALOG_MAPPING = 0x69,
  ANALOG_MAPPING_ANSWER = 0x6A,
  CAPABILITIES = 0x6B,
  CAPABILITIES_ANSWER = 0x6C,
  PIN_STATE = 0x6D,
  PIN_STATE_ANSWER = 0x6E,
  FIRMWARE = 0x79,
};

enum { MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_PWM = 3, MODE_PULLUP = 11, MODE_IGNORED = 0x7F };

/* The longest sysex, without start and end. */
enum { SYSEX_MAX = 64 };
