#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

/* Between fork and exec only calls that are safe in a signal handler are made, as this process has threads. */

static void close_from(int first) {
  if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
  long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = first; descriptor < (most > 0 && most < 65536 ? most : 65536); descriptor++) close(descriptor);
}

/* Waits until the child has ended or the lifeline is cut, and ends as the child did. */
static void watch(pid_t child, int lifeline) {
  int ended = (int)syscall(SYS_pidfd_open, child, 0);
  for (;;) {
    int status;
    if (waitpid(child, &status, WNOHANG) == child) {
      _exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    }
    struct pollfd waits[] = {{.fd = lifeline, .events = POLLIN}, {.fd = ended, .events = POLLIN}};
    /* A system without process descriptors is asked again and again. */
    poll(waits, 2, ended < 0 ? 20 : -1);
    if (waits[0].revents) kill(0, SIGKILL);
  }
}

int gainsay_start_watched(const char *command, int input, int output, int errors, int lifeline) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t watcher = fork();
  int code = errno;
  if (watcher != 0) {
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return watcher < 0 ? -code : watcher;
  }
  setsid();
  struct sigaction usual = {.sa_handler = SIG_DFL};
  for (int number = 1; number < 65; number++) sigaction(number, &usual, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  pid_t child = fork();
  if (child == 0) {
    dup2(input, 0);
    dup2(output, 1);
    dup2(errors, 2);
    close_from(3);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  if (child < 0) _exit(127);
  dup2(lifeline, 0);
  close_from(1);
  watch(child, 0);
  _exit(127);
}
