/* Puts an echo server under load, and prints what it did, as numbers on one line.

       load ping PORT CLIENTS BYTES SECONDS
       load stream PORT 1 BYTES SECONDS

   ping: every client sends BYTES, waits for all of them to come back, and sends again.
   Prints requests per second, and the 50th and the 99th percentile of an answer's time in us.
   stream: one client sends in writes of BYTES whenever there is room, and reads at once what comes
   back. Prints MB (10^6 bytes) per second, counted where they come back.
   What comes back is compared with what was sent. */
#include "client.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>

#define MOST_EVENTS 256
#define MOST_US 2000000 /* an answer that takes longer counts as this long */

struct client {
  int fd;
  size_t received; /* bytes of the current answer, or of the whole stream */
  size_t sent;     /* bytes of the whole stream */
  long long sent_at;
};

static char *payload; /* byte i is i modulo 256 */
static char *answer;
static size_t size;
static unsigned histogram[MOST_US + 1];
static unsigned long answers;

static void open_client(struct client *client, int port, int epoll, unsigned events) {
  memset(client, 0, sizeof *client);
  client->fd = connect_to(port);
  check(fcntl(client->fd, F_SETFL, O_NONBLOCK), "fcntl");
  struct epoll_event event = {.events = events, .data.ptr = client};
  check(epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event), "epoll_ctl");
}

static void read_some(struct client *client, size_t most) {
  ssize_t count = recv(client->fd, answer, most, 0);
  if (count < 0 && errno == EAGAIN) return;
  check(count, "recv");
  if (count == 0) refuse("The server closed the connection");
  if (memcmp(answer, payload + client->received % 256, count) != 0)
    refuse("The server sent other bytes than it had received");
  client->received += count;
}

static void ask(struct client *client, long long at) {
  client->received = 0;
  client->sent_at = at;
  if (send(client->fd, payload, size, MSG_NOSIGNAL) != (ssize_t)size) refuse("send took a part");
}

static void ping(struct client *client) {
  read_some(client, size - client->received);
  if (client->received < size) return;
  long long at = now_ns(), us = (at - client->sent_at) / 1000;
  histogram[us < MOST_US ? us : MOST_US]++, answers++;
  ask(client, at);
}

static void stream(struct client *client, unsigned events) {
  if (events & ~EPOLLOUT) read_some(client, size);
  if (events & EPOLLOUT) {
    ssize_t count = send(client->fd, payload + client->sent % 256, size, MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) check(-1, "send");
    if (count > 0) client->sent += count;
  }
}

static unsigned percentile(double part) {
  unsigned long seen = 0;
  for (unsigned us = 0; us <= MOST_US; us++)
    if ((seen += histogram[us]) >= answers * part) return us;
  return MOST_US;
}

int main(int argc, char **argv) {
  if (argc != 6) refuse("load ping|stream PORT CLIENTS BYTES SECONDS");
  int pinging = strcmp(argv[1], "ping") == 0, clients = atoi(argv[3]);
  size = atoi(argv[4]);
  payload = malloc(size + 256), answer = malloc(size);
  for (size_t i = 0; i < size + 256; i++) payload[i] = i % 256;
  struct client *all = calloc(clients, sizeof *all);
  int epoll = check(epoll_create1(0), "epoll_create1");
  for (int i = 0; i < clients; i++)
    open_client(&all[i], atoi(argv[2]), epoll, pinging ? EPOLLIN : EPOLLIN | EPOLLOUT);
  long long begin = now_ns(), end = begin + atof(argv[5]) * 1e9;
  for (int i = 0; pinging && i < clients; i++) ask(&all[i], now_ns());
  struct epoll_event events[MOST_EVENTS];
  /* Over when time is, but not before anything has come back. */
  while (now_ns() < end || (pinging ? answers == 0 : all->received == 0)) {
    int count = check(epoll_wait(epoll, events, MOST_EVENTS, 1000), "epoll_wait");
    for (int i = 0; i < count; i++)
      pinging ? ping(events[i].data.ptr) : stream(events[i].data.ptr, events[i].events);
  }
  double seconds = (now_ns() - begin) / 1e9;
  if (!pinging) return printf("%.3f\n", all->received / 1e6 / seconds) < 0;
  printf("%.1f %u %u\n", answers / seconds, percentile(0.5), percentile(0.99));
}
