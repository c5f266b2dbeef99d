#include "uart.h"
#include "counts.h"
#include "pins.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#define BAUD LINE_BAUD
#include <util/setbaud.h>

/* 256 places: an index of one byte wraps round by itself. One place stays empty, so that full differs from empty. */
static volatile uint8_t in[256];
static volatile uint8_t in_head, in_tail;
static volatile uint8_t out[256];
static volatile uint8_t out_head, out_tail;

ISR(USART_RX_vect) {
  uint8_t status = UCSR0A; /* to be read before the byte: the byte's own errors (datasheet, 20.11.2) */
  uint8_t byte = UDR0;
  uint8_t next = in_head + 1;
  if (status & (1 << DOR0)) count(&counts.lost);
  if (status & (1 << FE0) || next == in_tail) {
    count(&counts.lost);
    return;
  }
  in[in_head] = byte;
  in_head = next;
}

/* Asked for only while there is something to send. */
ISR(USART_UDRE_vect) {
  UDR0 = out[out_tail];
  if (++out_tail == out_head) UCSR0B &= ~(1 << UDRIE0);
}

void uart_begin(void) {
  UBRR0 = UBRR_VALUE;
  UCSR0A = USE_2X << U2X0;
  UCSR0B = 1 << RXCIE0 | 1 << RXEN0 | 1 << TXEN0;
  UCSR0C = 1 << UCSZ01 | 1 << UCSZ00;
}

bool uart_has_byte(void) { return in_tail != in_head; }

uint8_t uart_read(void) { return in[in_tail++]; }

bool uart_room_for(uint8_t length) {
  uint8_t waiting = out_head - out_tail;
  return length <= 255 - waiting;
}

void uart_write(uint8_t byte) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    out[out_head++] = byte;
    UCSR0B |= 1 << UDRIE0;
  }
}

void uart_write_14(uint16_t value) {
  uart_write(value & 0x7F);
  uart_write(value >> 7 & 0x7F);
}
