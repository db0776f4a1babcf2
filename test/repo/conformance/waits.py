"""What scenarios wait for: a socket that is ready, bytes that have arrived, a buffer that is full."""

import contextlib
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
    with contextlib.suppress(BlockingIOError):
        flood(it)
    it.settimeout(before)


def flood(it: socket.socket) -> None:
    """Send until that fails, and fail with it."""
    while True:
        it.send(bytes(4096))


def drain(it: socket.socket) -> int:
    """Receive until the end; how many bytes that were."""
    count = 0
    while piece := it.recv(65536):
        count += len(piece)
    return count


def wait(it: object, events: int) -> None:
    waiting = select.poll()
    waiting.register(it, events)
    if not waiting.poll(2000):
        raise SystemExit(f"{it} was not ready for {events} within 2 s")
