#ifndef GAINSAY_CLIBEDIT_SHIM_H
#define GAINSAY_CLIBEDIT_SHIM_H
#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>

/* Swift imports neither C variadics nor mutable globals: one typed wrapper for each use. */
typedef char *(*gainsay_prompt_function)(EditLine *);
typedef unsigned char (*gainsay_key_function)(EditLine *, wint_t);
typedef int (*gainsay_reader_function)(EditLine *, wchar_t *);

static inline FILE *gainsay_stdin(void) { return stdin; }
static inline FILE *gainsay_stdout(void) { return stdout; }
static inline FILE *gainsay_stderr(void) { return stderr; }

static inline void gainsay_set_prompt(EditLine *e, gainsay_prompt_function f) { el_set(e, EL_PROMPT, f); }
static inline void gainsay_set_editor(EditLine *e, const char *mode) { el_set(e, EL_EDITOR, mode); }
static inline void gainsay_set_signal(EditLine *e, int on) { el_set(e, EL_SIGNAL, on); }
static inline void gainsay_prepare_terminal(EditLine *e, int raw) { el_set(e, EL_PREP_TERM, raw); }
static inline void gainsay_refresh(EditLine *e) { el_set(e, EL_REFRESH); }
static inline void gainsay_bind(EditLine *e, const char *key, const char *command) {
  el_set(e, EL_BIND, key, command, (char *)NULL);
}
/* In the map of vi's command mode. */
static inline void gainsay_bind_command(EditLine *e, const char *key, const char *command) {
  el_set(e, EL_BIND, "-a", key, command, (char *)NULL);
}
static inline void gainsay_print_bindings(EditLine *e) { el_set(e, EL_BIND, (char *)NULL); }
static inline const char *gainsay_editor(EditLine *e) {
  const char *name = NULL;
  el_get(e, EL_EDITOR, &name);
  return name;
}
static inline void gainsay_set_unbuffered(EditLine *e, int on) { el_set(e, EL_UNBUFFERED, on); }
static inline void gainsay_add_function(EditLine *e, const char *name, const char *help, gainsay_key_function f) {
  el_set(e, EL_ADDFN, name, help, f);
}
static inline void gainsay_set_reader(EditLine *e, gainsay_reader_function f) { el_set(e, EL_GETCFN, f); }
static inline void gainsay_set_owner(EditLine *e, void *owner) { el_set(e, EL_CLIENTDATA, owner); }
static inline void *gainsay_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}
static inline void gainsay_set_history(EditLine *e, History *h) { el_set(e, EL_HIST, history, h); }

static inline void gainsay_history_size(History *h, int lines) {
  HistEvent event;
  history(h, &event, H_SETSIZE, lines);
  history(h, &event, H_SETUNIQUE, 1);
}
static inline void gainsay_history_enter(History *h, const char *line) {
  HistEvent event;
  history(h, &event, H_ENTER, line);
}

static inline int gainsay_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
static inline int gainsay_rows(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}
#endif
