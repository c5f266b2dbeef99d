/** How often the desk tells its page that it is there; a line that was cut says nothing by itself. */
export const HEARTBEAT_MS = 15_000;
/** Two beats and a half: after that the line is taken for lost. */
export const LOST_AFTER_MS = 2.5 * HEARTBEAT_MS;
