/*
 * board LINK BOOTLOADER.hex [PROGRAM.hex]
 *
 * The panel's board in simavr, in real time: an ATmega328P whose serial line is a pseudo-terminal, to be opened at LINK as
 * a cable's device node. Opening it pulls the reset line, as the adapters of such boards do.
 *
 * Told on standard input, a line each:       told on standard output, behind CLOCK_MONOTONIC and simulated time, in us:
 *   press KEY, release KEY                     ready             LINK can be opened
 *   case open, case shut                       reset LINE|POWER
 *   presence 1, presence 0                     did COMMAND       when it was done
 *   unplug, plug                               spare 0|1         the spare pin is driven so, and the tone's
 *   unplug after N                             tone 0|1
 *     (bytes have left for the host)           sent BYTE         the byte, in hexadecimal, leaves for the host
 *                                              came COUNT        so many bytes have come from the host
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_hex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define CLOCK_HZ 16000000
#define BOOTLOADER_AT 0x7C00
#define EICRA 0x69
#define LOOK_EVERY_US 500
/* After a stall of this machine the board goes on from now. */
#define LONGEST_LAG_US 50000

static const char *link_path;
static avr_t *avr;
static avr_irq_t *serial_in, *columns[3], *case_switch, *presence;
static int master = -1;
static bool host_is_there, may_send, case_is_open, somebody, down[12];
static const char keys[] = "123456789*0#";
static const struct { char port; int bit; } rows[] = { { 'D', 4 }, { 'D', 5 }, { 'D', 7 }, { 'B', 0 } };
static uint8_t ddr['E'], port['E'];
static int64_t started_us;
static long unplug_after;

static int64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int64_t simulated_us(void) { return avr->cycle / (CLOCK_HZ / 1000000); }

static void tell(const char *what, const char *which) {
  printf("%lld %lld %s%s\n", (long long)now_us(), (long long)simulated_us(), what, which);
}

static avr_irq_t *pin_of(char name, int bit) { return avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ(name), bit); }

/* A level that is as it was is not passed on, though a reset has cleared what it was: so it is changed twice. */
static void drive(avr_irq_t *pin, bool high) {
  avr_raise_irq(pin, !high);
  avr_raise_irq(pin, high);
}

/* Rows that are pulled low show at the columns of the keys that are down. */
static void settle_keys(void) {
  for (int column = 0; column < 3; column++) {
    bool low = false;
    for (int row = 0; row < 4; row++) {
      int bit = 1 << rows[row].bit, name = rows[row].port;
      if (down[row * 3 + column] && ddr[name] & bit && !(port[name] & bit)) low = true;
    }
    avr_raise_irq(columns[column], !low);
  }
}

static void settle_all(void) {
  for (int column = 0; column < 3; column++) drive(columns[column], true);
  settle_keys();
  drive(case_switch, case_is_open);
  drive(presence, somebody);
}

static void on_direction(avr_irq_t *irq, uint32_t value, void *name) {
  (void)irq;
  ddr[*(uint8_t *)name] = value;
  settle_keys();
}

static void on_port(avr_irq_t *irq, uint32_t value, void *name) {
  (void)irq;
  port[*(uint8_t *)name] = value;
  settle_keys();
}

static void on_spare(avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)unused;
  if (ddr['B'] & 1 << 4) tell("spare ", value ? "1" : "0");
}

/* simavr says it again with every change of the same port. */
static void on_tone(avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)unused;
  static uint32_t before;
  uint32_t level = value & 1;
  if (level != before) tell("tone ", level ? "1" : "0");
  before = level;
}

static void unplug(void);

/* Told of before it leaves: whoever waits for it at the other end may be told of it before `write` returns. */
static void on_byte(avr_irq_t *irq, uint32_t value, void *unused) {
  (void)irq, (void)unused;
  uint8_t byte = value;
  char text[3];
  if (!host_is_there) return;
  snprintf(text, sizeof text, "%02x", byte);
  tell("sent ", text);
  if (write(master, &byte, 1) == 1 && unplug_after > 0 && --unplug_after == 0) {
    unplug();
    tell("unplugged", "");
  }
}

static void on_flow(avr_irq_t *irq, uint32_t value, void *may) {
  (void)irq;
  if (value) may_send = may != NULL;
}

static void reset(const char *which) {
  avr_reset(avr);
  avr_regbit_clear(avr, avr->reset_flags.porf);
  avr_regbit_set(avr, *which == 'P' ? avr->reset_flags.porf : avr->reset_flags.extrf);
  /* Nobody uses INT0 and INT1; were they left to a low level, simavr would look at their pins in every cycle. */
  avr->data[EICRA] = 0x0A;
  may_send = true;
  memset(ddr, 0, sizeof ddr);
  settle_all();
  tell("reset ", which);
}

/* A new pseudo-terminal, raw, that has been open once: so it says hang-up until a host opens it. */
static void plug(void) {
  struct termios raw;
  master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || grantpt(master) || unlockpt(master)) { perror("pseudo-terminal"); exit(1); }
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  tcgetattr(slave, &raw);
  cfmakeraw(&raw);
  tcsetattr(slave, TCSANOW, &raw);
  close(slave);
  unlink(link_path);
  if (symlink(ptsname(master), link_path)) { perror(link_path); exit(1); }
  host_is_there = false;
  reset("POWER");
  tell("ready", "");
}

static void unplug(void) {
  unlink(link_path);
  close(master);
  master = -1;
  host_is_there = false;
}

static void obey(char *line) {
  char *key = strpbrk(line, " ");
  const char *place = key && key[1] ? strchr(keys, key[1]) : NULL;
  if (!strncmp(line, "press ", 6) && place) down[place - keys] = true;
  else if (!strncmp(line, "release ", 8) && place) down[place - keys] = false;
  else if (!strncmp(line, "case ", 5)) case_is_open = line[5] == 'o';
  else if (!strncmp(line, "presence ", 9)) somebody = line[9] == '1';
  else if (!strncmp(line, "unplug after ", 13)) unplug_after = atol(line + 13);
  else if (!strcmp(line, "unplug")) unplug();
  else if (!strcmp(line, "plug")) plug();
  else { fprintf(stderr, "board: not understood: %s\n", line); exit(1); }
  settle_all();
  tell("did ", line);
}

static void take_commands(void) {
  static char line[64];
  static size_t length;
  char byte;
  int got;
  while ((got = read(STDIN_FILENO, &byte, 1)) == 1) {
    if (byte != '\n' && length < sizeof line - 1) { line[length++] = byte; continue; }
    line[length] = 0;
    length = 0;
    obey(line);
  }
  if (got == 0) { unplug(); exit(0); }
}

static void take_bytes(short events) {
  uint8_t byte;
  bool there = !(events & POLLHUP);
  if (there && !host_is_there) { host_is_there = true; reset("LINE"); }
  if (!there && host_is_there) tell("host gone", "");
  host_is_there = there;
  int count = 0;
  while (there && may_send && read(master, &byte, 1) == 1) {
    avr_raise_irq(serial_in, byte);
    count++;
  }
  char text[12];
  snprintf(text, sizeof text, "%d", count);
  if (count > 0) tell("came ", text);
}

/* Waits until real time has caught up, unless the host or a command comes first. */
static void look_around(void) {
  int64_t ahead_us = started_us + simulated_us() - now_us();
  if (ahead_us < -LONGEST_LAG_US) started_us -= ahead_us;
  struct timespec wait = { .tv_nsec = ahead_us > 0 ? ahead_us * 1000 : 0 };
  struct pollfd both[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = master, .events = may_send ? POLLIN : 0 } };
  /* Without a host the line only says hang-up, at once and for ever. */
  ppoll(both, host_is_there ? 2 : 1, &wait, NULL);
  if (both[0].revents) take_commands();
  if (!host_is_there) poll(both + 1, 1, 0);
  if (master >= 0) take_bytes(both[1].revents);
}

static void load(const char *path) {
  uint32_t size, at;
  uint8_t *bytes = read_ihex_file(path, &size, &at);
  if (!bytes) { fprintf(stderr, "board: cannot read %s\n", path); exit(1); }
  memcpy(avr->flash + at, bytes, size);
  free(bytes);
}

static void no_sleep(avr_t *chip, avr_cycle_count_t cycles) { (void)chip, (void)cycles; }

int main(int argc, char **argv) {
  static char names[] = "BCD";
  uint32_t flags = 0;
  if (argc < 3) { fprintf(stderr, "board LINK BOOTLOADER.hex [PROGRAM.hex]\n"); return 2; }
  link_path = argv[1];
  setvbuf(stdout, NULL, _IOLBF, 0);
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);

  avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr->frequency = CLOCK_HZ;
  avr->log = LOG_NONE;
  avr->sleep = no_sleep;
  avr->run_cycle_limit = CLOCK_HZ / 1000000 * LOOK_EVERY_US;
  memset(avr->flash, 0xFF, avr->flashend + 1);
  for (int i = 2; i < argc; i++) load(argv[i]);
  avr->codeend = avr->flashend;
  avr->reset_pc = BOOTLOADER_AT;

  for (int column = 0; column < 3; column++) columns[column] = pin_of('C', column);
  case_switch = pin_of('D', 2);
  presence = pin_of('D', 3);
  for (char *name = names; *name; name++) {
    avr_irq_register_notify(pin_of(*name, IOPORT_IRQ_DIRECTION_ALL), on_direction, name);
    avr_irq_register_notify(pin_of(*name, IOPORT_IRQ_REG_PORT), on_port, name);
  }
  avr_irq_register_notify(pin_of('B', 4), on_spare, NULL);
  avr_irq_register_notify(pin_of('B', 3), on_tone, NULL);
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  serial_in = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
  avr_irq_t *serial = serial_in - UART_IRQ_INPUT;
  avr_irq_register_notify(serial + UART_IRQ_OUTPUT, on_byte, NULL);
  avr_irq_register_notify(serial + UART_IRQ_OUT_XON, on_flow, avr);
  avr_irq_register_notify(serial + UART_IRQ_OUT_XOFF, on_flow, NULL);

  started_us = now_us();
  plug();
  for (avr_cycle_count_t next = 0;;) {
    int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) { fprintf(stderr, "board: the program crashed\n"); return 1; }
    if (avr->cycle < next) continue;
    next = avr->cycle + CLOCK_HZ / 1000000 * LOOK_EVERY_US;
    look_around();
  }
}
