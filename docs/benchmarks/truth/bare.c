/* As little of a client as there can be: one connection, one request at a time, each sent when it is
 * due. What it measures beyond the server's delay is the system's: the way there and back, and, if it
 * waits, the wake-up. It prints service times in milliseconds.
 *
 * Usage: bare wait|spin PORT RATE SECONDS */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

static const char REQUEST[] =
    "POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "Content-Length: 21\r\n\r\n{\"sepal_length\": 5.1}";

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

int main(int count, char **args) {
  if (count != 5) return 2;
  int timeout = strcmp(args[1], "spin") == 0 ? 0 : -1;
  double rate = atof(args[3]);
  int most = (int)(rate * atof(args[4]));
  long *times = calloc(most, sizeof(long));
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(args[2]))};
  inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
  int one = 1, connection = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0);
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(connection, (struct sockaddr *)&server, sizeof server) != 0) return 1;
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(poll, EPOLL_CTL_ADD, connection, &event);
  char answer[65536];
  long start = now(), end = start + (long)(atof(args[4]) * 1e9);
  int done = 0;
  for (int i = 0; i < most; i++) {
    long due = start + (long)(i / rate * 1e9);
    if (due >= end || now() >= end) break;
    long wake = due - 120000;
    struct timespec until = {wake / 1000000000L, wake % 1000000000L};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    while (now() < due) {
    }
    long sent = now();
    if (send(connection, REQUEST, sizeof REQUEST - 1, 0) < 0) return 1;
    while (epoll_wait(poll, &event, 1, timeout) < 1) {
    }
    if (recv(connection, answer, sizeof answer, 0) <= 0) return 1;
    times[done++] = now() - sent;
  }
  qsort(times, done, sizeof(long), ascending);
  printf("p50 %.3f p99 %.3f p99.9 %.3f requests %d\n", times[(int)(done * 0.5)] / 1e6,
         times[(int)(done * 0.99)] / 1e6, times[(int)(done * 0.999)] / 1e6, done);
  return 0;
}
