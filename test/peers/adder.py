"""A client of the service that adds up numbers, which sends its frames a byte at a time.

    python3 test/peers/adder.py [port] [--at-once]      default 65432

Says hello, adds numbers, asks for their total, does something out of turn, and says bye; --at-once
sends all of that in one go. Each answer must be the one that the protocol wants, and be followed by
the server's end. The exit code is 0 when all was well, otherwise 1, with a sentence on standard error.
"""

import argparse
import socket
import struct
import sys
import time

HELLO, ADD, TOTAL, BYE, WELCOME, SUM, ERROR = 1, 2, 3, 4, 129, 130, 255
NAME = "Pythia, ναι".encode()
NUMBERS = [1, 65535, 0x80000000, 0xFFFFFFFF, 0]
PAUSE_SECONDS = 0.001  # long enough for a reader on this machine to have taken what was sent


def frame(kind: int, payload: bytes = b"") -> bytes:
    return struct.pack(">BI", kind, len(payload)) + payload


def conversation() -> "list[tuple[str, bytes, bytes]]":
    """What is sent, what it is called, and what is due."""
    steps = [("hello", frame(HELLO, NAME), frame(WELCOME, NAME))]
    for i, number in enumerate(NUMBERS):
        total = struct.pack(">Q", sum(NUMBERS[: i + 1]))
        steps.append((f"add {number}", frame(ADD, struct.pack(">I", number)), frame(SUM, total)))
    steps.append(("a second hello", frame(HELLO, NAME), frame(ERROR, b"\x02")))
    steps.append(("total", frame(TOTAL), frame(SUM, struct.pack(">Q", sum(NUMBERS)))))
    steps.append(("bye", frame(BYE), frame(0x80 | BYE)))
    return steps


def receive(conn: socket.socket, size: int) -> bytes:
    """Receive so many bytes, or fewer when the server ends or is silent."""
    data = b""
    try:
        while len(data) < size:
            piece = conn.recv(size - len(data))
            if not piece:
                break
            data += piece
    except TimeoutError:
        pass
    return data


def talk(conn: socket.socket, at_once: bool) -> str:
    """Return what went wrong."""
    steps = conversation()
    if at_once:
        conn.sendall(b"".join(request for _, request, _ in steps))
    for what, request, due in steps:
        for byte in b"" if at_once else request:
            conn.sendall(bytes([byte]))
            time.sleep(PAUSE_SECONDS)
        got = receive(conn, len(due))
        if got != due:
            return f"{what} was answered by {got.hex(' ') or 'nothing'}, wanted {due.hex(' ')}"
    rest = receive(conn, 1)
    return f"behind the answer to bye came {rest.hex()}" if rest else ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Add up numbers on 127.0.0.1.")
    parser.add_argument("port", nargs="?", type=int, default=65432)
    parser.add_argument("--at-once", action="store_true")
    args = parser.parse_args()
    with socket.create_connection(("127.0.0.1", args.port), timeout=2) as conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        trouble = talk(conn, args.at_once)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    print("all answers were right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
