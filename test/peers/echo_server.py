"""An echo server in the blocking Berkeley calls: one call after another, one client after another.

    python3 test/peers/echo_server.py [port]      default 65432, 0 for any free port
"""

import socket
import sys


def serve(host: str, port: int) -> None:
    """Listen, then serve one client at a time for ever; raises OSError if it cannot listen."""
    # #region life
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":  # the port may be taken again at once after a stop
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        print("Listening on {}:{}".format(*listener.getsockname()))
        while True:
            conn, address = listener.accept()  # waits here until there is a client
            client = "{}:{}".format(*address)
            print(f"{client} connected")
            with conn:
                echo(conn, client)
            print(f"{client} closed")
    # #endregion


def echo(conn: socket.socket, client: str) -> None:
    """Send everything back until the client's FIN, or until the connection breaks."""
    total = 0
    try:
        # #region exchange
        while True:
            data = conn.recv(65536)  # waits for the next bytes: some of them, at most this many
            if not data:  # the client's FIN: it sends no more, but it may still read
                break
            total += len(data)
            conn.sendall(data)  # send() in a loop: one send() may take less than it is given
        conn.shutdown(socket.SHUT_WR)  # our own FIN, behind the last byte
        # #endregion
        print(f"{client} sent {total} bytes, then its FIN")
    except OSError as error:  # a reset, most often: it ends this client, not the server
        print(f"{client} failed: {type(error).__name__}")


def main() -> int:
    sys.stdout.reconfigure(line_buffering=True)  # a line is seen when it is printed, in a pipe too
    host, port = "127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 65432
    try:
        serve(host, port)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"Cannot listen on {host}:{port}: {error.strerror}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
