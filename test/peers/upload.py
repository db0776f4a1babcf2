"""Sends everything first, half-closes, and only then reads: as plain programs do.

    python3 test/peers/upload.py port [bytes]

Without a number it sends its standard input, otherwise so many bytes, the letter x. What comes back
up to the server's FIN goes to standard output. The exit code is 0 when everything could be sent and
the server ended in order, otherwise 1, with a sentence on standard error.
"""

import socket
import sys


def main() -> int:
    text = b"x" * int(sys.argv[2]) if len(sys.argv) > 2 else sys.stdin.buffer.read()
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5) as sock:
        try:
            sock.sendall(text)
            sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            print(f"the server did not take all that was sent: {error}", file=sys.stderr)
            return 1
        try:
            while piece := sock.recv(65536):
                sys.stdout.buffer.write(piece)
        except OSError as error:
            print(f"no end of the answer: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
