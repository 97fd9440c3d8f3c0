#ifndef GAINSAY_CLINUX_SHIM_H
#define GAINSAY_CLINUX_SHIM_H
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Two names trade places at once, RENAME_EXCHANGE of renameat2: Glibc hides it from Swift behind a feature macro. */
static inline int gainsay_exchange(const char *a, const char *b) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u);
}
#endif
