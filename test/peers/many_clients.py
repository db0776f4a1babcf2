"""Many echo clients at once, one of which sends as much as it can and never reads.

    python3 test/peers/many_clients.py [port] [--clients COUNT] [--timeout SECONDS]

The port is 65432 unless given. All connections stand at the same time. The first client sends until
nobody takes its bytes any more; the others then say something in turn, and each must get it back.
The exit code is 0 when all of them were served, otherwise 1, with a sentence on standard error.
"""

import argparse
import os
import select
import socket
import sys

HOST = "127.0.0.1"


def fill(sock: socket.socket) -> int:
    """Send until the other side takes nothing for a while; return how many bytes it took."""
    sock.setblocking(False)
    total = 0
    while select.select([], [sock], [], 0.1)[1]:
        try:
            total += sock.send(bytes(1 << 20))
        except BlockingIOError:  # readiness was a hint
            pass
    return total


def receive(sock: socket.socket, size: int) -> bytes:
    """Receive exactly that many bytes, or fewer when the other side ends."""
    reply = b""
    while len(reply) < size:
        piece = sock.recv(size - len(reply))
        if not piece:
            break
        reply += piece
    return reply


def talk(clients: list[socket.socket], size: int) -> str:
    """Have all clients say something, then have all of them read; return what went wrong."""
    said = [os.urandom(size) for _ in clients]
    for number, (sock, text) in enumerate(zip(clients, said), 1):
        sock.sendall(text)
    for number, (sock, text) in enumerate(zip(clients, said), 1):
        try:
            reply = receive(sock, size)
        except TimeoutError:
            return f"client {number} got no answer in {sock.gettimeout():g} s"
        except ConnectionError as error:
            return f"client {number} got a {type(error).__name__}"
        if reply != text:
            kind = "other bytes than it sent" if len(reply) == size else "a part of its bytes"
            return f"client {number} got {kind}"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask an echo server on 127.0.0.1 many times at once.")
    parser.add_argument("port", nargs="?", type=int, default=65432)
    parser.add_argument("--clients", type=int, default=50, metavar="COUNT")
    parser.add_argument("--timeout", type=float, default=2, metavar="SECONDS")
    args = parser.parse_args()

    silent, *others = (
        socket.create_connection((HOST, args.port), args.timeout) for _ in range(args.clients)
    )
    print(f"{args.clients} clients are connected; one sent {fill(silent)} bytes and reads nothing")
    trouble = talk(others, 1000) or talk(others[::-1], 20000)
    if trouble:
        print(f"Of {len(others)} clients beside one that reads nothing, {trouble}", file=sys.stderr)
        return 1
    print(f"{len(others)} clients got back what they sent")
    return 0


if __name__ == "__main__":
    sys.exit(main())
