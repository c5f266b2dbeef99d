#include "hostpins.h"
#include "backlight.h"
#include "debounce.h"
#include "pins.h"
#include "protocol.h"
#include "uart.h"
#include <avr/io.h>

struct host_pin {
  uint8_t number;
  struct line line;
  uint8_t first_mode;
  uint16_t modes; /* one bit a mode */
};

static const struct host_pin pins[] = { HOST_PINS };
enum { COUNT = sizeof pins / sizeof *pins, PORTS = 2, NONE = 0xFF };

static uint8_t modes[COUNT];
static struct contact contacts[COUNT];
static bool reporting[PORTS], untold[PORTS];
static uint8_t told[PORTS];

static uint8_t index_of(uint8_t number) {
  for (uint8_t i = 0; i < COUNT; i++) {
    if (pins[i].number == number) return i;
  }
  return NONE;
}

static bool is_input(uint8_t i) { return modes[i] == MODE_INPUT || modes[i] == MODE_PULLUP; }

static void set_bit(volatile uint8_t *place, uint8_t bit, bool on) {
  if (on) *place |= 1 << bit;
  else *place &= ~(1 << bit);
}

static bool level_of(uint8_t i) { return *pins[i].line.pin & 1 << pins[i].line.bit; }

static void set_mode(uint8_t i, uint8_t mode) {
  modes[i] = mode;
  if (mode == MODE_PWM) return; /* the timer has the pin */
  set_bit(&PORT_OF(pins[i].line.pin), pins[i].line.bit, mode == MODE_PULLUP);
  set_bit(&DDR_OF(pins[i].line.pin), pins[i].line.bit, mode == MODE_OUTPUT);
}

void hostpins_begin(void) {
  for (uint8_t i = 0; i < COUNT; i++) set_mode(i, pins[i].first_mode);
  for (uint8_t port = 0; port < PORTS; port++) reporting[port] = false;
}

bool hostpins_set_mode(uint8_t number, uint8_t mode) {
  uint8_t i = index_of(number);
  if (i == NONE || mode > 15 || !(pins[i].modes & 1U << mode)) return false;
  set_mode(i, mode);
  return true;
}

bool hostpins_write_pwm(uint8_t number, uint16_t level) {
  uint8_t i = index_of(number);
  if (i == NONE || modes[i] != MODE_PWM || level > 255) return false;
  backlight_set(level);
  return true;
}

bool hostpins_write_port(uint8_t port, uint8_t levels) {
  bool any = false;
  for (uint8_t i = 0; i < COUNT; i++) {
    if (modes[i] != MODE_OUTPUT || pins[i].number / 8 != port) continue;
    set_bit(&PORT_OF(pins[i].line.pin), pins[i].line.bit, levels & 1 << pins[i].number % 8);
    any = true;
  }
  return any;
}

bool hostpins_report(uint8_t port, bool wanted) {
  if (port >= PORTS) return false;
  reporting[port] = wanted;
  untold[port] = wanted;
  return true;
}

static uint8_t levels_of(uint8_t port) {
  uint8_t levels = 0;
  for (uint8_t i = 0; i < COUNT; i++) {
    if (is_input(i) && contacts[i].level && pins[i].number / 8 == port) levels |= 1 << pins[i].number % 8;
  }
  return levels;
}

/* What has not been told stays to be told until there is room. */
static void tell(uint8_t port) {
  uint8_t levels = levels_of(port);
  if (!reporting[port] || (levels == told[port] && !untold[port]) || !uart_room_for(3)) return;
  uart_write(DIGITAL_PORT | port);
  uart_write_14(levels);
  told[port] = levels;
  untold[port] = false;
}

void hostpins_turn(void) {
  for (uint8_t i = 0; i < COUNT; i++) contact_see(&contacts[i], level_of(i));
  for (uint8_t port = 0; port < PORTS; port++) tell(port);
}

uint8_t hostpins_mode(uint8_t number) {
  uint8_t i = index_of(number);
  return i == NONE ? MODE_IGNORED : modes[i];
}

uint16_t hostpins_state(uint8_t number) {
  uint8_t i = index_of(number);
  if (i == NONE) return 0;
  if (modes[i] == MODE_PWM) return backlight_level();
  return !!(PORT_OF(pins[i].line.pin) & 1 << pins[i].line.bit);
}

/* A pin is told as pairs of mode and resolution in bits, closed by 7F. */
static uint8_t resolution_of(uint8_t mode) { return mode == MODE_PWM ? 8 : 1; }
enum { MODES = 16, PIN_CLOSED = 0x7F };

uint8_t hostpins_capabilities_length(void) {
  uint8_t length = PIN_COUNT;
  for (uint8_t i = 0; i < COUNT; i++) {
    for (uint16_t left = pins[i].modes; left; left &= left - 1) length += 2;
  }
  return length;
}

void hostpins_write_capabilities(void) {
  for (uint8_t number = 0; number < PIN_COUNT; number++) {
    uint8_t i = index_of(number);
    for (uint8_t mode = 0; i != NONE && mode < MODES; mode++) {
      if (!(pins[i].modes & 1U << mode)) continue;
      uart_write(mode);
      uart_write(resolution_of(mode));
    }
    uart_write(PIN_CLOSED);
  }
}
