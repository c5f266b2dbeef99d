/* The 12-key pad. */
#pragma once

void pad_begin(void);
/* Looks at all keys and tells the host of one change; called every millisecond. */
void pad_turn(void);
