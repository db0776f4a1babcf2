"""A peer that makes it hard for recv() and send(): it sends a byte at a time, and reads slowly.

    python3 test/peers/dribbler.py [port]      default 65432, 0 for any free port

Serves one client: sends the bytes 0 to 63, each by itself; reads up to the client's FIN, in portions
of odd size and with a small buffer; then sends the SHA-256 of what it read, in two pieces.
"""

import hashlib
import socket
import sys
import time

PAUSE_SECONDS = 0.001  # long enough for a reader on this machine to have taken what was sent


def serve(port: int) -> None:
    """Serve one client."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        print("Listening on {}:{}".format(*listener.getsockname()), flush=True)
        conn, _ = listener.accept()
    with conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in range(64):
            conn.sendall(bytes([byte]))
            time.sleep(PAUSE_SECONDS)
        digest = hashlib.sha256()
        while data := conn.recv(10_007):
            digest.update(data)
        conn.sendall(digest.digest()[:5])
        time.sleep(PAUSE_SECONDS)
        conn.sendall(digest.digest()[5:])


if __name__ == "__main__":
    serve(int(sys.argv[1]) if len(sys.argv) > 1 else 65432)
