"""An echo server on Python's selectors, the module that ours is made after.

    python3 bench/echo/selector.py [backlog]

While an answer does not fit into the kernel's buffer, its client is not read.
"""

import resource
import selectors
import socket
import sys


def serve(
    selector: selectors.BaseSelector, key: selectors.SelectorKey, listener: socket.socket
) -> None:
    """Do the one thing that a socket is ready for."""
    try:
        if key.fileobj is listener:
            accept(selector, listener)
        elif key.data:
            send_rest(selector, key)
        else:
            read_and_answer(selector, key.fileobj)
    except BlockingIOError:
        return
    except OSError:
        if key.fileobj is listener:
            raise
        drop(selector, key.fileobj)


def accept(selector: selectors.BaseSelector, listener: socket.socket) -> None:
    """Accept one client, and watch it."""
    conn, _ = listener.accept()
    conn.setblocking(False)
    selector.register(conn, selectors.EVENT_READ)


def read_and_answer(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    """Read once and send it back; what is not taken becomes the key's data."""
    data = conn.recv(65536)
    if not data:
        return drop(selector, conn)
    sent = send_some(conn, data)
    if sent < len(data):
        selector.modify(conn, selectors.EVENT_WRITE, memoryview(data)[sent:])


def send_rest(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    """Send what is left of an answer; once all of it is sent, read again."""
    sent = send_some(key.fileobj, key.data)
    if sent < len(key.data):
        selector.modify(key.fileobj, selectors.EVENT_WRITE, key.data[sent:])
    else:
        selector.modify(key.fileobj, selectors.EVENT_READ)


def send_some(conn: socket.socket, data: bytes | memoryview) -> int:
    """Return how much the kernel took: none of it when its buffer is full."""
    try:
        return conn.send(data)
    except BlockingIOError:
        return 0


def drop(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    """Forget a client that is done, or gone."""
    selector.unregister(conn)
    conn.close()


def main() -> None:
    """Serve for ever."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    backlog = int(sys.argv[1]) if len(sys.argv) > 1 else 511
    listener = socket.create_server(("127.0.0.1", 0), backlog=backlog)
    listener.setblocking(False)
    print("Listening on {}:{}".format(*listener.getsockname()), flush=True)
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            serve(selector, key, listener)


if __name__ == "__main__":
    main()
