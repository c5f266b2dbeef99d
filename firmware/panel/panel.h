/* The whole panel. */
#pragma once

/* Everything as after power-on: no reports, ring off, tone off, backlight full. */
void panel_begin(void);
