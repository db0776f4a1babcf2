/* Puts an echo server under load, and prints what it did, as numbers on one line.

       load ping PORT CLIENTS BYTES WARM_UP_SECONDS SECONDS
       load stream PORT 1 BYTES WARM_UP_SECONDS SECONDS

   ping: every client sends BYTES, waits for all of them to come back, and sends again.
   Prints requests per second, and the 50th and the 99th percentile of an answer's time in us.
   stream: one client sends in writes of BYTES whenever there is room, and reads at once what comes
   back. Prints MB (10^6 bytes) per second, counted where they come back.
   What comes back is compared with what was sent. What happens while it warms up is not counted. */
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
static long long begin_ns, end_ns;
static unsigned histogram[MOST_US + 1];

static void open_client(struct client *client, int port, int epoll, unsigned events) {
  memset(client, 0, sizeof *client);
  client->fd = connect_to(port);
  check(fcntl(client->fd, F_SETFL, O_NONBLOCK), "fcntl");
  struct epoll_event event = {.events = events, .data.ptr = client};
  check(epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event), "epoll_ctl");
}

static size_t read_some(struct client *client, size_t most) {
  ssize_t count = recv(client->fd, answer, most, 0);
  if (count < 0 && errno == EAGAIN) return 0;
  check(count, "recv");
  if (count == 0) refuse("The server closed the connection");
  if (memcmp(answer, payload + client->received % 256, count) != 0)
    refuse("The server sent other bytes than it had received");
  return client->received += count, count;
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
  if (at >= begin_ns) histogram[us < MOST_US ? us : MOST_US]++;
  ask(client, at);
}

static size_t counted;
static void stream(struct client *client, unsigned events) {
  if (events & ~EPOLLOUT) {
    size_t count = read_some(client, size);
    if (now_ns() >= begin_ns) counted += count;
  }
  if (events & EPOLLOUT) {
    ssize_t count = send(client->fd, payload + client->sent % 256, size, MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) check(-1, "send");
    if (count > 0) client->sent += count;
  }
}

static unsigned percentile(unsigned long total, double part) {
  unsigned long seen = 0;
  for (unsigned us = 0; us <= MOST_US; us++)
    if ((seen += histogram[us]) >= total * part) return us;
  return MOST_US;
}

int main(int argc, char **argv) {
  if (argc != 7) refuse("load ping|stream PORT CLIENTS BYTES WARM_UP_SECONDS SECONDS");
  int pinging = strcmp(argv[1], "ping") == 0, clients = atoi(argv[3]);
  size = atoi(argv[4]);
  payload = malloc(size + 256), answer = malloc(size);
  for (size_t i = 0; i < size + 256; i++) payload[i] = i % 256;
  struct client *all = calloc(clients, sizeof *all);
  int epoll = check(epoll_create1(0), "epoll_create1");
  for (int i = 0; i < clients; i++)
    open_client(&all[i], atoi(argv[2]), epoll, pinging ? EPOLLIN : EPOLLIN | EPOLLOUT);
  begin_ns = now_ns() + atof(argv[5]) * 1e9, end_ns = begin_ns + atof(argv[6]) * 1e9;
  for (int i = 0; pinging && i < clients; i++) ask(&all[i], now_ns());
  struct epoll_event events[MOST_EVENTS];
  while (now_ns() < end_ns) {
    int count = check(epoll_wait(epoll, events, MOST_EVENTS, 1000), "epoll_wait");
    for (int i = 0; i < count; i++)
      pinging ? ping(events[i].data.ptr) : stream(events[i].data.ptr, events[i].events);
  }
  double seconds = (now_ns() - begin_ns) / 1e9;
  if (!pinging) return printf("%.1f\n", counted / 1e6 / seconds) < 0;
  unsigned long total = 0;
  for (unsigned us = 0; us <= MOST_US; us++) total += histogram[us];
  printf("%.0f %u %u\n", total / seconds, percentile(total, 0.5), percentile(total, 0.99));
}
