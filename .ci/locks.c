// Tells ThreadSanitizer of the locks that it cannot see. Swift's Mutex takes and gives back a lock that nobody waits for
// in the program's own code, which the sanitizer watches; a lock that another thread waits for passes through the
// Synchronization library, which it does not watch on Linux. Preloaded, these two functions stand before the library's.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SELF __attribute__((swift_context))
#define SWIFT __attribute__((swiftcall))

void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

SWIFT void lock_slowly(uint32_t thread, void *self SELF) __asm__(LOCK);
SWIFT void unlock_slowly(void *self SELF) __asm__(UNLOCK);

SWIFT void lock_slowly(uint32_t thread, void *self SELF) {
  SWIFT void (*lock)(uint32_t, void *SELF);
  *(void **)&lock = dlsym(RTLD_NEXT, LOCK);
  lock(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT void unlock_slowly(void *self SELF) {
  SWIFT void (*unlock)(void *SELF);
  *(void **)&unlock = dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(self);
  unlock(self);
}
