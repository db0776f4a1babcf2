"""What scenarios wait for: a socket that is ready, bytes that have arrived, a buffer that is full."""

import select
import socket


def readable(it: object) -> None:
    """Wait until it can be read from."""
    wait(it, select.POLLIN)


def writable(it: object) -> None:
    """Wait until it can be written to."""
    wait(it, select.POLLOUT)


def broken(it: object) -> None:
    """Wait until it has an error, or both directions are closed."""
    wait(it, 0)


def arrived(it: socket.socket, count: int) -> None:
    """Wait until so many bytes lie ready to be read."""
    while len(it.recv(count, socket.MSG_PEEK)) < count:
        pass


def fill(it: socket.socket) -> None:
    """Send until there is room for no more."""
    before = it.gettimeout()
    it.setblocking(False)
    while True:
        try:
            it.send(bytes(4096))
        except BlockingIOError:
            if not is_ready(it, select.POLLOUT, 20):
                break
    it.settimeout(before)


def drain(it: socket.socket) -> int:
    """Receive until the end; how many bytes that were."""
    count = 0
    while piece := it.recv(65536):
        count += len(piece)
    return count


def wait(it: object, events: int) -> None:
    if not is_ready(it, events, 2000):
        raise SystemExit(f"{it} was not ready for {events} within 2 s")


def is_ready(it: object, events: int, ms: int) -> bool:
    waiting = select.poll()
    waiting.register(it, events)
    return bool(waiting.poll(ms))
