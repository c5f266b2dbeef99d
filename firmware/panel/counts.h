/* What has gone wrong since the start, told in the status message. */
#pragma once
#include <stdint.h>

struct counts {
  uint16_t silences;  /* times the host was silent for too long */
  uint16_t malformed; /* messages that no rule fits */
  uint16_t lost;      /* bytes lost on the way in */
  uint16_t unsent;    /* messages dropped on the way out */
};

/* A count stops where 14 bits end. */
enum { COUNT_MAX = 0x3FFF };

extern struct counts counts;

static inline void count(uint16_t *what) {
  if (*what < COUNT_MAX) (*what)++;
}
