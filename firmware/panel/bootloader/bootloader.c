/*
 * Takes a new program for the panel over its serial line: STK500 version 1, as `avrdude -c arduino` speaks it (Atmel AVR061).
 *
 *   asked                        answered
 *   30 20                        14 10                  are you there
 *   41 what 20                   14 value 10            what do you know of yourself
 *   42 …20 bytes 20              14 10                  what the programmer knows of the part
 *   45 length …bytes 20          14 10                  and more of it
 *   50 20, 51 20                 14 10                  programming begins, ends
 *   55 low high 20               14 10                  the address, in words
 *   56 …4 bytes 20               14 00 10               an instruction of the ISP interface: not here
 *   64 high low F bytes… 20      14 10                  write a page
 *   74 high low F 20             14 bytes… 10           read
 *   75 20                        14 1E 95 0F 10         the part's signature
 *
 * Page 0 is erased before anything is written and written last, at 51: without it there is no program to start, so that
 * half a program never runs, and the panel stays here until it gets a whole one.
 */
#include "pins.h"
#include <avr/boot.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#define BAUD LINE_BAUD
#include <util/setbaud.h>

enum { IN_SYNC = 0x14, OK = 0x10, FAILED = 0x11, END = 0x20 };
enum { BOOT_START = 0x7C00, PAGE = SPM_PAGESIZE };
/* Timer 1 counts 15625 a second. */
#define ONE_SECOND (F_CPU / 1024)

/* There is no C start-up, to save the room: nothing is cleared before main. */
#define UNCLEARED __attribute__((section(".noinit")))
static uint8_t page[PAGE] UNCLEARED, first_page[PAGE] UNCLEARED;
static bool holds_first_page UNCLEARED;
static uint16_t address UNCLEARED;

static bool has_program(void) { return pgm_read_word(0) != 0xFFFF; }

__attribute__((noreturn)) static void jump_to(uint16_t byte_address) {
  TCCR1B = 0;
  UCSR0B = 0;
  SP = RAMEND;
  ((void (*)(void))(byte_address / 2))();
  __builtin_unreachable();
}

/*
 * When nothing that a programmer says has come for a second the program is started, whatever else a host may say; without
 * a program all begins anew. In the middle of writing there are four seconds: a busy PC may pause.
 */
static uint8_t take(void) {
  while (!(UCSR0A & 1 << RXC0)) {
    if (TCNT1 > (holds_first_page ? 4 * ONE_SECOND : ONE_SECOND)) jump_to(has_program() ? 0 : BOOT_START);
  }
  return UDR0;
}

static void give(uint8_t byte) {
  while (!(UCSR0A & 1 << UDRE0)) { }
  UCSR0A |= 1 << TXC0;
  UDR0 = byte;
}

static void skip(uint8_t count) {
  while (count--) take();
}

/* What is not ended as it must be is not answered: the programmer begins anew. */
static bool ended(void) {
  if (take() != END) return false;
  TCNT1 = 0;
  give(IN_SYNC);
  return true;
}

static void write_page(uint16_t at, const uint8_t *bytes) {
  boot_page_erase(at);
  boot_spm_busy_wait();
  for (uint8_t i = 0; i < PAGE; i += 2) boot_page_fill(at + i, bytes[i] | (uint16_t)bytes[i + 1] << 8);
  boot_page_write(at);
  boot_spm_busy_wait();
  boot_rww_enable();
}

static void hold_first_page(void) {
  if (holds_first_page) return;
  memcpy_P(first_page, (const void *)0, PAGE);
  boot_page_erase(0);
  boot_spm_busy_wait();
  boot_rww_enable();
  holds_first_page = true;
}

/* Whether so many bytes of flash are a page of the program: never of the bootloader. */
static bool is_in_program(uint16_t length, uint8_t memory) {
  return memory == 'F' && length <= PAGE && address % PAGE == 0 && address < BOOT_START;
}

static uint16_t take_length(void) {
  uint16_t high = take();
  return high << 8 | take();
}

static void program(void) {
  uint16_t length = take_length();
  bool allowed = is_in_program(length, take());
  memset(page, 0xFF, PAGE);
  for (uint16_t i = 0; i < length; i++) {
    uint8_t byte = take();
    if (i < PAGE) page[i] = byte;
  }
  if (!ended()) return;
  if (allowed) {
    hold_first_page();
    if (address == 0) memcpy(first_page, page, PAGE);
    else write_page(address, page);
  }
  give(allowed ? OK : FAILED);
}

static void read(void) {
  uint16_t length = take_length();
  bool allowed = is_in_program(length, take());
  if (!ended()) return;
  for (uint16_t i = 0; allowed && i < length; i++) {
    give(address == 0 && holds_first_page ? first_page[i] : pgm_read_byte(address + i));
  }
  give(allowed ? OK : FAILED);
}

static void finish(void) {
  if (!ended()) return;
  if (holds_first_page) write_page(0, first_page);
  give(OK);
  while (!(UCSR0A & 1 << TXC0)) { }
  if (has_program()) jump_to(0);
}

static void answer(void) {
  uint8_t command = take();
  switch (command) {
    case 0x51: finish(); return;
    case 0x64: program(); return;
    case 0x74: read(); return;
    case 0x30:
    case 0x50:
    case 0x75: break;
    case 0x41: skip(1); break;
    case 0x42: skip(20); break;
    case 0x45: skip(take() - 1); break; /* so many bytes, this one among them */
    case 0x56: skip(4); break;
    case 0x55:
      address = take();
      address = (address | (uint16_t)take() << 8) * 2;
      break;
    default: return;
  }
  if (!ended()) return;
  if (command == 0x41) give(1); /* the version, for whatever is asked */
  if (command == 0x56) give(0);
  if (command == 0x75) {
    give(SIGNATURE_0);
    give(SIGNATURE_1);
    give(SIGNATURE_2);
  }
  give(OK);
}

/* The reset line is pulled by who opens the serial port; after power-on and the watchdog the program starts at once. */
__attribute__((OS_main, used, section(".init9"))) int main(void) {
  __asm__ volatile("clr __zero_reg__");
  if (!(MCUSR & 1 << EXTRF) && has_program()) jump_to(0);
  holds_first_page = false;
  TCNT1 = 0;
  TCCR1B = 1 << CS12 | 1 << CS10;
  UBRR0 = UBRR_VALUE;
  UCSR0A = USE_2X << U2X0;
  UCSR0B = 1 << RXEN0 | 1 << TXEN0;
  UCSR0C = 1 << UCSZ01 | 1 << UCSZ00;
  for (;;) answer();
}
