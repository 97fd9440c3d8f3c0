#ifndef GAINSAY_CLINUX_SHIM_H
#define GAINSAY_CLINUX_SHIM_H
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Two names trade places at once, RENAME_EXCHANGE of renameat2: Glibc hides it from Swift behind a feature macro. */
static inline int gainsay_exchange(const char *a, const char *b) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u);
}

static inline void gainsay_set_size(int descriptor, unsigned short rows, unsigned short columns) {
  struct winsize size = {rows, columns, 0, 0};
  ioctl(descriptor, TIOCSWINSZ, &size);
}

/* Behind feature macros that the Swift importer does not set. */
#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif
static inline short gainsay_spawn_session(void) { return POSIX_SPAWN_SETSID; }
extern int posix_openpt(int);
extern int grantpt(int);
extern int unlockpt(int);
extern int ptsname_r(int, char *, size_t);
#endif
