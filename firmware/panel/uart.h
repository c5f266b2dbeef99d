/* The line to the host. Bytes come and go by interrupt; nothing here ever waits. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void uart_begin(void);

bool uart_has_byte(void);
/* Only when there is one. */
uint8_t uart_read(void);

/* Whether a message of `length` bytes may be written now. */
bool uart_room_for(uint8_t length);

/* Only within what uart_room_for() has granted. */
void uart_write(uint8_t byte);
/* A value of 14 bits as two bytes of 7 bits, the low one first. */
void uart_write_14(uint16_t value);
