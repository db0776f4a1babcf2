#!/usr/bin/env python3
"""A client that answers each ping by pong, and says so, until the connection is over.

    python3 test/peers/heartbeat_client.py port
"""
import socket
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sock:
    try:
        with sock.makefile("rw", newline="\n") as lines:
            for line in lines:
                if line != "ping\n":
                    sys.exit(f"It was sent {line!r}")
                lines.write("pong\n")
                lines.flush()
                print("ping, pong", flush=True)
        print("FIN")
    except (ConnectionResetError, BrokenPipeError):
        print("RST")
