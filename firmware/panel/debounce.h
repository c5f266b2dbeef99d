/* A contact's level is believed once it has stood for 5 ms: longer than a key or a switch bounces. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { DEBOUNCE_MS = 5 };

struct contact {
  bool level; /* what is believed */
  uint8_t age; /* milliseconds for which another level has been seen */
};

/* Called every millisecond with what is seen. */
static inline void contact_see(struct contact *contact, bool level) {
  if (level == contact->level) contact->age = 0;
  else if (++contact->age >= DEBOUNCE_MS) {
    contact->level = level;
    contact->age = 0;
  }
}
