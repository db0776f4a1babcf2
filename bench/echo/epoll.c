/* An echo server in C on epoll: what the kernel and this machine can do.

   epoll [backlog]

   While an answer does not fit into the kernel's buffer, its client is not read. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST_EVENTS 256

struct client {
  int fd;
  char *rest; /* what send() did not take; NULL when it took all */
  size_t begin, end;
};

static int epoll;
static char buffer[65536];

static int check(int result, const char *what) {
  if (result >= 0) return result;
  perror(what);
  exit(1);
}

static void watch(int operation, struct client *client, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = client};
  check(epoll_ctl(epoll, operation, client->fd, &event), "epoll_ctl");
}

static void accept_one(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0 && (errno == EAGAIN || errno == ECONNABORTED)) return;
  struct client *client = calloc(1, sizeof *client);
  client->fd = check(fd, "accept4");
  watch(EPOLL_CTL_ADD, client, EPOLLIN);
}

static void drop(struct client *client) {
  close(client->fd); /* epoll forgets it by itself */
  free(client->rest);
  free(client);
}

static void read_and_answer(struct client *client) {
  ssize_t count = recv(client->fd, buffer, sizeof buffer, 0);
  if (count <= 0) return (count < 0 && errno == EAGAIN) ? (void)0 : drop(client);
  ssize_t sent = send(client->fd, buffer, count, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return drop(client);
  if (sent < 0) sent = 0;
  if (sent == count) return;
  client->begin = 0, client->end = count - sent;
  client->rest = malloc(client->end);
  memcpy(client->rest, buffer + sent, client->end);
  watch(EPOLL_CTL_MOD, client, EPOLLOUT);
}

static void send_rest(struct client *client) {
  char *from = client->rest + client->begin;
  ssize_t sent = send(client->fd, from, client->end - client->begin, MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN ? (void)0 : drop(client);
  if ((client->begin += sent) < client->end) return;
  free(client->rest);
  client->rest = NULL;
  watch(EPOLL_CTL_MOD, client, EPOLLIN);
}

int main(int argc, char **argv) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  struct client listener = {.fd = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket")};
  check(bind(listener.fd, (struct sockaddr *)&at, length), "bind");
  check(listen(listener.fd, argc > 1 ? atoi(argv[1]) : 511), "listen");
  check(getsockname(listener.fd, (struct sockaddr *)&at, &length), "getsockname");
  printf("Listening on 127.0.0.1:%d\n", ntohs(at.sin_port));
  fflush(stdout);
  epoll = check(epoll_create1(0), "epoll_create1");
  watch(EPOLL_CTL_ADD, &listener, EPOLLIN);
  for (struct epoll_event events[MOST_EVENTS];;) {
    int count = check(epoll_wait(epoll, events, MOST_EVENTS, -1), "epoll_wait");
    for (int i = 0; i < count; i++) {
      struct client *client = events[i].data.ptr;
      if (client == &listener) accept_one(listener.fd);
      else if (client->rest) send_rest(client);
      else read_and_answer(client);
    }
  }
}
