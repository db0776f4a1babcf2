"""A peer that sends frames, packed by struct, a few bytes at a time.

    python3 test/peers/frame_sender.py [port]      default 65432, 0 for any free port

Serves one client: sends a frame of each of the sizes in SIZES, whose type is its place among them and
whose payload counts up from its type, and ends. Each header comes a byte at a time, each payload in
portions of odd size.
"""

import socket
import struct
import sys
import time

SIZES = [3, 0, 1, 255, 256, 0, 65535, 17]
PAUSE_SECONDS = 0.001  # long enough for a reader on this machine to have taken what was sent


def portions(data: bytes, size: int) -> "list[bytes]":
    return [data[at : at + size] for at in range(0, len(data), size)]


def serve(port: int) -> None:
    """Serve one client."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()
        print("Listening on {}:{}".format(*listener.getsockname()), flush=True)
        conn, _ = listener.accept()
    with conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for kind, size in enumerate(SIZES):
            payload = bytes((kind + i) % 256 for i in range(size))
            header = struct.pack(">BI", kind, len(payload))
            for portion in portions(header, 1) + portions(payload, 10_007):
                conn.sendall(portion)
                time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    serve(int(sys.argv[1]) if len(sys.argv) > 1 else 65432)
