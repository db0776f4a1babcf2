/* Many clients that do nothing, on one server.

       idle PORT CLIENTS

   Connects them all, one after another as fast as it can; then sends each one byte, and waits until
   each has had it back: by then the server has accepted them all. Prints how many were answered, the
   seconds until the last was connected, and those until the last was answered. Then it holds them,
   until its standard input ends. */
#include "client.h"

static void raise_limit(void) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

int main(int argc, char **argv) {
  if (argc != 3) refuse("idle PORT CLIENTS");
  int port = atoi(argv[1]), clients = atoi(argv[2]), answered = 0;
  int *fds = calloc(clients, sizeof *fds);
  raise_limit();
  long long begin = now_ns();
  for (int i = 0; i < clients; i++) fds[i] = connect_to(port);
  double connected = (now_ns() - begin) / 1e9;
  for (int i = 0; i < clients; i++) {
    struct timeval patience = {.tv_sec = 10};
    check(setsockopt(fds[i], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), "setsockopt");
    check(send(fds[i], "!", 1, MSG_NOSIGNAL), "send");
  }
  for (int i = 0; i < clients; i++) {
    char answer;
    if (recv(fds[i], &answer, 1, 0) == 1 && answer == '!') answered++;
  }
  printf("%d %.3f %.3f\n", answered, connected, (now_ns() - begin) / 1e9);
  fflush(stdout);
  while (getchar() != EOF) {
  }
}
