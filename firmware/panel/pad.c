/*
 * A matrix: a key joins its row to its column. One row at a time is pulled low; a column that follows has its key down.
 * The other rows are left open rather than driven high, or two keys of one column would join a low output to a high one.
 */
#include "pad.h"
#include "debounce.h"
#include "pins.h"
#include "protocol.h"
#include "uart.h"
#include <avr/io.h>
#include <util/delay.h>

enum { ROWS = PAD_ROWS, COLUMNS = PAD_COLUMNS, KEYS = ROWS * COLUMNS };

static const char key_names[] = PAD_KEYS;
static const struct line rows[] = { PAD_ROW_LINES };
static const struct line columns[] = { PAD_COLUMN_LINES };

static struct contact keys[KEYS];
static uint16_t told; /* one bit a key: what the host believes */

static void pull_low(const struct line *row) { DDR_OF(row->pin) |= 1 << row->bit; }
static void leave_open(const struct line *row) { DDR_OF(row->pin) &= ~(1 << row->bit); }

void pad_begin(void) {
  for (uint8_t row = 0; row < ROWS; row++) {
    leave_open(&rows[row]);
    PORT_OF(rows[row].pin) &= ~(1 << rows[row].bit);
  }
  for (uint8_t column = 0; column < COLUMNS; column++) {
    DDR_OF(columns[column].pin) &= ~(1 << columns[column].bit);
    PORT_OF(columns[column].pin) |= 1 << columns[column].bit;
  }
  for (uint8_t key = 0; key < KEYS; key++) keys[key] = (struct contact){ 0 };
  told = 0;
}

/* One bit a key: those that close their contact now. */
static uint16_t scan(void) {
  uint16_t closed = 0;
  for (uint8_t row = 0; row < ROWS; row++) {
    pull_low(&rows[row]);
    _delay_us(5); /* the pull-ups charge cable and pad: 35 kΩ × 100 pF = 3.5 µs */
    for (uint8_t column = 0; column < COLUMNS; column++) {
      bool high = *columns[column].pin & 1 << columns[column].bit;
      if (!high) closed |= 1U << (row * COLUMNS + column);
    }
    leave_open(&rows[row]);
  }
  return closed;
}

static uint8_t count_bits(uint16_t bits) {
  uint8_t count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/* One a turn: a key that changes back before it could be told is not told at all. */
static void tell_one_change(void) {
  for (uint8_t key = 0; key < KEYS; key++) {
    uint16_t bit = 1U << key;
    if (keys[key].level == !!(told & bit)) continue;
    if (!uart_room_for(5)) return;
    uart_write(SYSEX_START);
    uart_write(PAD_KEY);
    uart_write(key_names[key]);
    uart_write(keys[key].level);
    uart_write(SYSEX_END);
    told ^= bit;
    return;
  }
}

void pad_turn(void) {
  uint16_t closed = scan();
  /* Three corners of a rectangle close the fourth: with more than two keys down nobody knows which. */
  if (count_bits(closed) <= 2) {
    for (uint8_t key = 0; key < KEYS; key++) contact_see(&keys[key], closed & 1U << key);
  }
  tell_one_change();
}
