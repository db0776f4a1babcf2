"""Makes what fails most often fail, and prints what Python says of it.

Lesson 18; errors.ts is the same with node:net. What stands behind the number is what C's
strerror() and perror() say.

    python3 examples/18-troubleshooting/errors.py
"""

import socket
import struct


def attempt(what, fails):
    """Prints what a call that has to fail fails with."""
    try:
        fails()
        print(f"{what}: nothing failed")
    except Exception as error:
        print(f"{what}: {type(error).__name__}: {error}")


def met():
    """Both ends of a new connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        return near, listener.accept()[0]


def reset():
    """A connection whose peer has sent RST."""
    near, far = met()
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    far.close()
    return near


def send_again():
    near = reset()
    try:
        near.recv(9)
    except ConnectionResetError:
        near.sendall(b"word")


def wait_too_long():
    near, _far = met()
    near.settimeout(0.001)
    near.recv(9)


def not_wait():
    near, _far = met()
    near.setblocking(False)
    near.recv(9)


def use_closed():
    near, _far = met()
    near.close()
    near.recv(9)


with socket.create_server(("127.0.0.1", 0)) as taken:
    port = taken.getsockname()[1]
    attempt("in use", lambda: socket.create_server(("127.0.0.1", port)))
attempt("refused", lambda: socket.create_connection(("127.0.0.1", port)))
attempt("elsewhere", lambda: socket.socket().bind(("192.0.2.1", port)))
attempt("no name", lambda: socket.create_connection(("gone.invalid", port)))
attempt("no way", lambda: socket.create_connection(("127.255.255.255", port)))
attempt("reset", lambda: reset().recv(9))
attempt("broken", send_again)
attempt("late", wait_too_long)
attempt("not yet", not_wait)
attempt("not connected", lambda: socket.socket().recv(9))
attempt("closed here", use_closed)
attempt("no port", lambda: socket.socket().connect(("127.0.0.1", 70_000)))
attempt("too few bytes", lambda: struct.unpack(">I", b"abc"))
