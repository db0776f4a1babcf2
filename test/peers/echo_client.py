"""An echo client in the blocking Berkeley calls, each printed when it has returned.

    python3 test/peers/echo_client.py [port] [text] [--recv-size BYTES] [--reset]
    python3 test/peers/echo_client.py [port] --random BYTES

The port is 65432 unless given. Sends the text, half-closes, and reads all of the reply.
--recv-size asks recv() for at most that many bytes at a time. --reset waits for the echo and then
breaks the connection off with a reset instead of closing it. --random sends that many random bytes
and compares the SHA-256 of what comes back; it prints a summary instead of the calls.
The exit code is 0 when all that was sent came back unchanged, otherwise 1.
"""

import argparse
import hashlib
import os
import socket
import struct
import sys
import threading

HOST = "127.0.0.1"


def ask(port: int, request: bytes, recv_size: int) -> bytes:
    """Send the request, half-close, and return the whole reply."""
    # #region calls
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        print("socket()")
        sock.connect((HOST, port))
        print(f"connect({HOST}:{port})")
        sock.sendall(request)
        print(f"sendall({len(request)} bytes)")
        sock.shutdown(socket.SHUT_WR)
        print("shutdown(SHUT_WR)")
        reply = b""
        while True:
            piece = sock.recv(recv_size)
            print(f"recv({recv_size}) -> {len(piece)} bytes")
            if not piece:  # nothing, and nothing more to come: the server's FIN
                break
            reply += piece
    print("close()")
    # #endregion
    return reply


def ask_and_reset(port: int, request: bytes, recv_size: int) -> bytes:
    """Send the request, read as many bytes as it has, and reset the connection."""
    with socket.create_connection((HOST, port)) as sock:
        sock.sendall(request)
        reply = b""
        while len(reply) < len(request):
            piece = sock.recv(recv_size)
            if not piece:
                break
            reply += piece
        # Linger on, for 0 seconds: close() throws the connection away and sends RST, not FIN.
        # Two ints, on Windows two shorts.
        linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    print("close() as a reset")
    return reply


def ask_at_length(port: int, request: bytes, recv_size: int) -> bytes:
    """Like ask(), for any size: sends in a thread of its own, so that reading never waits.

    A server that stops reading while nobody reads its reply, and a client that reads nothing until
    all is sent, would otherwise wait for each other for ever.
    """
    with socket.create_connection((HOST, port)) as sock:

        def send() -> None:
            try:
                sock.sendall(request)
                sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # the reading side meets the same end, and reports it

        threading.Thread(target=send, daemon=True).start()
        pieces = []
        while piece := sock.recv(recv_size):
            pieces.append(piece)
    reply = b"".join(pieces)
    print(f"Sent {len(request)} bytes, received {len(reply)} in {len(pieces)} calls of recv()")
    return reply


def main() -> int:
    sys.stdout.reconfigure(line_buffering=True)
    parser = argparse.ArgumentParser(description="Ask an echo server on 127.0.0.1.")
    parser.add_argument("port", nargs="?", type=int, default=65432)
    parser.add_argument("text", nargs="?", default="Is anybody there?")
    parser.add_argument("--recv-size", type=int, default=65536, metavar="BYTES")
    parser.add_argument("--reset", action="store_true")
    parser.add_argument("--random", type=int, metavar="BYTES")
    args = parser.parse_args()

    request = args.text.encode() if args.random is None else os.urandom(args.random)
    way = ask_and_reset if args.reset else ask if args.random is None else ask_at_length
    try:
        reply = way(args.port, request, args.recv_size)
    except ConnectionError as error:
        refused = isinstance(error, ConnectionRefusedError)
        reason = "nobody listens there" if refused else type(error).__name__
        print(f"No complete reply from {HOST}:{args.port}: {reason}", file=sys.stderr)
        return 1

    same = hashlib.sha256(reply).digest() == hashlib.sha256(request).digest()
    if args.random is None:
        print('Reply: "{}"'.format(reply.decode(errors="replace")))
    else:
        print("SHA-256 equal" if same else "SHA-256 differs")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
