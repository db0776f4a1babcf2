"""Thirty clients of an echo server, all at once, then none, then one more.

    python3 lessons/data/13-errors/emfile.py port
"""
import collections
import socket
import sys

address = ("127.0.0.1", int(sys.argv[1]))


def ask(sock):
    """What becomes of a question within half a second."""
    sock.settimeout(0.5)
    try:
        sock.sendall(b"hello")
        return "answered" if sock.recv(100) else "ended by the server at once"
    except TimeoutError:
        return "connected, and not answered"
    except OSError as error:
        return f"failed: {error.strerror}"


clients = [socket.create_connection(address) for _ in range(30)]
for what, count in collections.Counter(map(ask, clients)).items():
    print(f"{count} of 30: {what}")
for client in clients:
    client.close()
try:
    with socket.create_connection(address, timeout=0.5) as late:
        print(f"One more, when these had gone: {ask(late)}")
except OSError as error:
    print(f"One more, when these had gone: {error.strerror}")
