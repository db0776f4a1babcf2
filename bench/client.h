/* What the load generators share: sockets to a server on loopback, and a clock. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Ends the program with a sentence when a call has failed. */
static int check(int result, const char *what) {
  if (result >= 0) return result;
  perror(what);
  exit(1);
}

/* Ends the program when the server has sent something else than it was sent. */
static void refuse(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

/* Nanoseconds on a clock that nobody sets. */
static long long now_ns(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

/* A blocking socket, connected to a port of 127.0.0.1. It leaves with a reset: so no address is
   kept busy in TIME_WAIT by one run for the next. */
static int connect_to(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "setsockopt SO_LINGER");
  check(connect(fd, (struct sockaddr *)&to, sizeof to), "connect");
  return fd;
}
