/*
 * Writes down, in order, what a process does to the files of one folder, so that a power cut at any point can be played
 * later: LD_PRELOAD=recorder.so RECORDED_FOLDER=/… RECORDING=/… program
 *
 * A record is: operation (1 byte: W write, T truncate, S sync, U unlink), length of the file's name (2), offset or size (8),
 * length of the data (4), name, data. Numbers are little-endian.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The name within the recorded folder, or NULL for any other file. */
static const char *recorded(const char *path) {
  const char *folder = getenv("RECORDED_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return length && strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

static void record(char operation, const char *path, uint64_t at, const void *data, uint32_t size) {
  const char *name = recorded(path);
  static int out = -1;
  if (!name) return;
  uint16_t name_length = (uint16_t)strlen(name);
  char head[15];
  head[0] = operation;
  memcpy(head + 1, &name_length, 2);
  memcpy(head + 3, &at, 8);
  memcpy(head + 11, &size, 4);
  pthread_mutex_lock(&lock);
  if (out < 0) out = open(getenv("RECORDING"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  /* Straight to the kernel: these writes are not recorded. */
  syscall(SYS_write, out, head, sizeof head);
  syscall(SYS_write, out, name, name_length);
  if (size) syscall(SYS_write, out, data, size);
  pthread_mutex_unlock(&lock);
}

static void record_fd(char operation, int fd, uint64_t at, const void *data, uint32_t size) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = 0;
  record(operation, path, at, data, size);
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  ssize_t written = real(fd, data, size);
  if (written > 0 && fd > 2) record_fd('W', fd, (uint64_t)(lseek(fd, 0, SEEK_CUR) - written), data, (uint32_t)written);
  return written;
}

#define PWRITE(name) \
  ssize_t name(int fd, const void *data, size_t size, off_t at) { \
    REAL(ssize_t, name, int, const void *, size_t, off_t); \
    ssize_t written = real(fd, data, size, at); \
    if (written > 0) record_fd('W', fd, (uint64_t)at, data, (uint32_t)written); \
    return written; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define TRUNCATE(name) \
  int name(int fd, off_t size) { \
    REAL(int, name, int, off_t); \
    int result = real(fd, size); \
    if (result == 0) record_fd('T', fd, (uint64_t)size, NULL, 0); \
    return result; \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name) \
  int name(int fd) { \
    REAL(int, name, int); \
    int result = real(fd); \
    if (result == 0) record_fd('S', fd, 0, NULL, 0); \
    return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  int result = real(path);
  if (result == 0) record('U', path, 0, NULL, 0);
  return result;
}
