// moments.c - for LD_PRELOAD: kill -9 of keycare-host right after one of its durable writes.
//
// KEYCARE_TEST_MOMENTS names a file with a number. Each fsync() and fdatasync() of a keycare-host, client or RA, counts
// it down; at zero the file goes, and the program kills itself as soon as what it wrote is on the disk: before it can
// tell anybody. Without the file nothing happens. What the program forks (it tries token libraries in a child) and
// other programs are left alone.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pid_t ours;

__attribute__((constructor)) static void begin(void) {
  if (strcmp(program_invocation_short_name, "keycare-host") == 0) ours = getpid();
}

static void moment(void) {
  static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
  const char* name = getenv("KEYCARE_TEST_MOMENTS");
  if (name == NULL || getpid() != ours) return;
  pthread_mutex_lock(&one_at_a_time);
  FILE* file = fopen(name, "r+e");
  int left = 0;
  if (file != NULL && fscanf(file, "%d", &left) == 1) {
    if (left <= 1) {
      unlink(name);
      kill(ours, SIGKILL);
    }
    rewind(file);
    fprintf(file, "%d\n", left - 1);
  }
  if (file != NULL) fclose(file);
  pthread_mutex_unlock(&one_at_a_time);
}

int fsync(int fd) {
  const int done = (int)syscall(SYS_fsync, fd);
  if (done == 0) moment();
  return done;
}

int fdatasync(int fd) {
  const int done = (int)syscall(SYS_fdatasync, fd);
  if (done == 0) moment();
  return done;
}
