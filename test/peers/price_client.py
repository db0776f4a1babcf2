"""Clients of the price server that send their records in odd pieces, in turn.

    python3 test/peers/price_client.py [port] [--clients COUNT] [--seed SEED]

The port is 65432 unless given. Each client puts prices, asks for means, and half-closes; its pieces
are cut anywhere, those of all clients come in turn. Each must get its own means and its receipt.
The exit code is 0 when all did, otherwise 1, with a sentence on standard error.
"""

import argparse
import random
import socket
import struct
import sys
import time

RECORD = struct.Struct(">cii")  # a type, and two numbers with a sign, their highest byte first
NUMBER = struct.Struct(">i")
PAUSE_SECONDS = 0.001  # long enough for a reader on this machine to have taken what was sent


def script(number: int) -> tuple[bytes, list[int]]:
    """What a client sends, and the numbers that are due to it."""
    stream = b""
    due = []
    prices = [number * 1000 + k for k in range(8)]
    for time_, price in enumerate(prices):
        stream += RECORD.pack(b"P", time_, price)
        stream += RECORD.pack(b"A", 0, time_)
        due.append(sum(prices[: time_ + 1]) // (time_ + 1))  # rounded down
    return stream, due + [2 * len(prices)]


def receive(sock: socket.socket) -> bytes:
    """Read up to the other side's end."""
    reply = b""
    while data := sock.recv(4096):
        reply += data
    return reply


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask a price server on 127.0.0.1, in odd pieces.")
    parser.add_argument("port", nargs="?", type=int, default=65432)
    parser.add_argument("--clients", type=int, default=3, metavar="COUNT")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()

    pieces = random.Random(args.seed)
    clients = []
    for number in range(1, args.clients + 1):
        sock = socket.create_connection(("127.0.0.1", args.port), 5)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        clients.append([sock, *script(number)])

    while any(stream for _, stream, _ in clients):
        for client in clients:
            sock, stream, _ = client
            size = pieces.randint(1, 13)
            sock.sendall(stream[:size])
            client[1] = stream[size:]
        time.sleep(PAUSE_SECONDS)

    for number, (sock, _, due) in enumerate(clients, 1):
        sock.shutdown(socket.SHUT_WR)
        reply = receive(sock)
        wanted = b"".join(NUMBER.pack(value) for value in due)
        if reply != wanted:
            got = [value for (value,) in NUMBER.iter_unpack(reply[: len(reply) // 4 * 4])]
            print(f"client {number} got {got}, wanted {due}", file=sys.stderr)
            return 1
    print(f"{args.clients} clients got their means and their receipts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
