"""A client that sends lines in pieces that have nothing to do with them, and ends.

    python3 test/peers/line_sender.py port

Line i, from 0 to 199, is its number and a text in several alphabets, the more often the longer. Every
third line ends in CR LF and the others in LF. They are sent 13 bytes at a time.
"""

import socket
import sys

TEXT = " naïve € Ω 漢字 𝄞"
PIECE_BYTES = 13


def main() -> None:
    stream = b"".join(
        f"{i}{TEXT * (i % 4)}".encode() + (b"\r\n" if i % 3 == 0 else b"\n") for i in range(200)
    )
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(stream), PIECE_BYTES):
            sock.sendall(stream[at : at + PIECE_BYTES])


if __name__ == "__main__":
    main()
