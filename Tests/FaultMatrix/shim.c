/* Calls to the system that fail when they are told to: preloaded into the program under test.
 *
 * GAINSAY_FAULT is `KIND:N:ACTION`. At the N-th call of a kind, counted from 1, the action happens: a number is the
 * errno with which the call fails and does nothing; `NUMBER-after` does it and fails nevertheless; `short` writes half
 * of the bytes and says so; `short-NUMBER` writes half and fails at the next; `kill-before` and `kill-after` end the
 * process with SIGKILL; `stop` stops it with SIGSTOP before the call. GAINSAY_FAULT_COUNTS names a file to which the
 * numbers of calls are appended when the process ends by itself, a line for each kind. Only calls on paths and files
 * below GAINSAY_FAULT_ROOT count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { OPEN, READ, STAT, WRITE, SYNC, TRUNCATE, RENAME, UNLINK, MKDIR, FLOCK, KINDS };
static const char *const names[KINDS] = {
  "open", "read", "stat", "write", "sync", "truncate", "rename", "unlink", "mkdir", "flock",
};
static atomic_int counts[KINDS];
static int planned_kind = -1, planned_call, planned_errno;
static enum { FAIL, FAIL_AFTER, SHORT, SHORT_FAIL, KILL_BEFORE, KILL_AFTER, STOP } planned;
static const char *root, *counts_path;
static _Thread_local int inside;

#define REAL(result, name, ...) ((result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void read_plan(void) {
  root = getenv("GAINSAY_FAULT_ROOT");
  counts_path = getenv("GAINSAY_FAULT_COUNTS");
  const char *plan = getenv("GAINSAY_FAULT");
  char kind[16], action[32];
  if (!plan || sscanf(plan, "%15[a-z]:%d:%31s", kind, &planned_call, action) != 3) return;
  for (int index = 0; index < KINDS; index++) {
    if (!strcmp(kind, names[index])) planned_kind = index;
  }
  if (!strcmp(action, "kill-before")) planned = KILL_BEFORE;
  else if (!strcmp(action, "kill-after")) planned = KILL_AFTER;
  else if (!strcmp(action, "stop")) planned = STOP;
  else if (!strcmp(action, "short")) planned = SHORT;
  else if (!strncmp(action, "short-", 6)) planned = SHORT_FAIL, planned_errno = atoi(action + 6);
  else planned_errno = atoi(action), planned = strstr(action, "-after") ? FAIL_AFTER : FAIL;
}

__attribute__((destructor)) static void write_counts(void) {
  if (!counts_path) return;
  char text[512];
  int length = 0;
  for (int index = 0; index < KINDS; index++) {
    length += snprintf(text + length, sizeof text - length, "%s %d\n", names[index], atomic_load(&counts[index]));
  }
  int file = (int)syscall(SYS_openat, AT_FDCWD, counts_path, O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file >= 0) {
    syscall(SYS_write, file, text, length);
    syscall(SYS_close, file);
  }
}

static int is_below(const char *path) {
  size_t length = strlen(root);
  return !strncmp(path, root, length) && (path[length] == '/' || path[length] == 0);
}

/* Whether a path, seen from a folder, lies below the root; a null path is the descriptor itself. */
static int is_ours(int folder, const char *path) {
  if (!root || inside) return 0;
  if (path && path[0] == '/') return is_below(path);
  char link[64], place[PATH_MAX];
  if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  int saved = errno;
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, place, sizeof place - 1);
  errno = saved;
  if (length < 0) return 0;
  place[length] = 0;
  return is_below(place);
}

/* Counts a call; 1 if the plan is for it. */
static int is_planned(enum kind kind) {
  int number = atomic_fetch_add(&counts[kind], 1) + 1;
  if ((int)kind != planned_kind) return 0;
  /* The call after a short one fails. */
  if (planned == SHORT_FAIL && number == planned_call + 1) return 1;
  return number == planned_call;
}

/* The permissions that follow the flags if a file may be made. */
#define READ_MODE(mode, flags)              \
  mode_t mode = 0;                          \
  if (flags & (O_CREAT | O_TMPFILE)) {      \
    va_list rest;                           \
    va_start(rest, flags);                  \
    mode = va_arg(rest, mode_t);            \
    va_end(rest);                           \
  }

#define CALL(kind, ours, result, real)                                     \
  do {                                                                     \
    if (!(ours) || !is_planned(kind)) return real;                         \
    if (planned == KILL_BEFORE) kill(getpid(), SIGKILL);                   \
    if (planned == STOP) { raise(SIGSTOP); return real; }                  \
    if (planned == FAIL || planned == SHORT_FAIL) { errno = planned_errno; return (result)-1; } \
    result done = real;                                                    \
    if (planned == KILL_AFTER) kill(getpid(), SIGKILL);                    \
    if (planned == FAIL_AFTER) { errno = planned_errno; return (result)-1; } \
    return done;                                                           \
  } while (0)

int openat(int folder, const char *path, int flags, ...) {
  READ_MODE(mode, flags)
  CALL(OPEN, is_ours(folder, path), int, REAL(int, openat, int, const char *, int, ...)(folder, path, flags, mode));
}

int open(const char *path, int flags, ...) {
  READ_MODE(mode, flags)
  CALL(OPEN, is_ours(AT_FDCWD, path), int, REAL(int, open, const char *, int, ...)(path, flags, mode));
}

ssize_t read(int file, void *bytes, size_t count) {
  CALL(READ, is_ours(file, NULL), ssize_t, REAL(ssize_t, read, int, void *, size_t)(file, bytes, count));
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset) {
  CALL(READ, is_ours(file, NULL), ssize_t, REAL(ssize_t, pread, int, void *, size_t, off_t)(file, bytes, count, offset));
}

ssize_t write(int file, const void *bytes, size_t count) {
  int ours = is_ours(file, NULL);
  if (ours && planned_kind == WRITE && (planned == SHORT || planned == SHORT_FAIL)
      && atomic_load(&counts[WRITE]) + 1 == planned_call) {
    atomic_fetch_add(&counts[WRITE], 1);
    return REAL(ssize_t, write, int, const void *, size_t)(file, bytes, (count + 1) / 2);
  }
  CALL(WRITE, ours, ssize_t, REAL(ssize_t, write, int, const void *, size_t)(file, bytes, count));
}

int fstat(int file, struct stat *status) {
  CALL(STAT, is_ours(file, NULL), int, REAL(int, fstat, int, struct stat *)(file, status));
}

int fstatat(int folder, const char *path, struct stat *status, int flags) {
  CALL(STAT, is_ours(folder, path), int,
       REAL(int, fstatat, int, const char *, struct stat *, int)(folder, path, status, flags));
}

int fsync(int file) { CALL(SYNC, is_ours(file, NULL), int, REAL(int, fsync, int)(file)); }

int ftruncate(int file, off_t length) {
  CALL(TRUNCATE, is_ours(file, NULL), int, REAL(int, ftruncate, int, off_t)(file, length));
}

int renameat(int folder, const char *path, int new_folder, const char *new_path) {
  CALL(RENAME, is_ours(folder, path), int,
       REAL(int, renameat, int, const char *, int, const char *)(folder, path, new_folder, new_path));
}

int linkat(int folder, const char *path, int new_folder, const char *new_path, int flags) {
  CALL(RENAME, is_ours(folder, path), int,
       REAL(int, linkat, int, const char *, int, const char *, int)(folder, path, new_folder, new_path, flags));
}

int unlinkat(int folder, const char *path, int flags) {
  CALL(UNLINK, is_ours(folder, path), int, REAL(int, unlinkat, int, const char *, int)(folder, path, flags));
}

int mkdirat(int folder, const char *path, mode_t mode) {
  CALL(MKDIR, is_ours(folder, path), int, REAL(int, mkdirat, int, const char *, mode_t)(folder, path, mode));
}

int flock(int file, int operation) {
  CALL(FLOCK, is_ours(file, NULL), int, REAL(int, flock, int, int)(file, operation));
}

/* Swift reaches renameat2 through this one. */
long syscall(long number, ...) {
  long words[6];
  va_list rest;
  va_start(rest, number);
  for (int index = 0; index < 6; index++) words[index] = va_arg(rest, long);
  va_end(rest);
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
#define PASS real(number, words[0], words[1], words[2], words[3], words[4], words[5])
  if (number != SYS_renameat2) return PASS;
  CALL(RENAME, is_ours((int)words[0], (const char *)words[1]), long, PASS);
}
