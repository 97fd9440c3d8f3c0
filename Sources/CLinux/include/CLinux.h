#ifndef GAINSAY_CLINUX_H
#define GAINSAY_CLINUX_H
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The flags of renameat2, which Glibc hides from Swift behind a feature macro: the new name must be free, or the two
   names trade places. */
#define GAINSAY_NO_REPLACE 1
#define GAINSAY_EXCHANGE 2
static inline int gainsay_rename(int folder, const char *name, int new_folder, const char *new_name, unsigned flags) {
  return (int)syscall(SYS_renameat2, folder, name, new_folder, new_name, flags);
}

/* Behind a feature macro, too: writes all of a file system to the medium. */
static inline int gainsay_sync_file_system(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }

/* Whether the processor has instructions for SHA-256 that are used here; and those on whole blocks of 64 bytes. */
int gainsay_has_sha256(void);
void gainsay_sha256(unsigned state[8], const unsigned constants[64], const unsigned char *bytes, long blocks);

/* Opens a folder only to reach what is in it; the macro of the C library is no integer literal that Swift takes. */
#define GAINSAY_O_PATH 010000000

static inline void gainsay_set_size(int descriptor, unsigned short rows, unsigned short columns) {
  struct winsize size = {rows, columns, 0, 0};
  ioctl(descriptor, TIOCSWINSZ, &size);
}

/* Starts `/bin/sh -c command` as a session of its own, without a terminal, and with it a watcher that ends the session
   when the other end of the pipe *lifeline* is closed, for whatever reason. Returns the watcher's process number, which
   is also the session's and ends with the command's status, or -errno. */
int gainsay_start_watched(const char *command, int input, int output, int errors, int lifeline);

/* Behind feature macros that the Swift importer does not set. */
#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif
static inline int gainsay_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }
static inline short gainsay_spawn_session(void) { return POSIX_SPAWN_SETSID; }
extern int posix_openpt(int);
extern int grantpt(int);
extern int unlockpt(int);
extern int ptsname_r(int, char *, size_t);
#endif
