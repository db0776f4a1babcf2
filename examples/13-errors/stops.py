#!/usr/bin/env python3
"""A client that says one word, and is then stopped (SIGSTOP) for some seconds.

    python3 examples/13-errors/stops.py port seconds

Lesson 13.
"""
import os
import signal
import socket
import sys
import time


# #region stop
def stop(seconds):
    """Stops this process; a child of it tells it to go on later."""
    if os.fork() == 0:
        time.sleep(seconds)
        os.kill(os.getppid(), signal.SIGCONT)
        os._exit(0)
    os.kill(os.getpid(), signal.SIGSTOP)
    os.wait()
# #endregion


with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sock:
    sock.sendall(b"hello\n")
    print("I am stopped", flush=True)
    stop(float(sys.argv[2]))
    print("I go on")
    try:
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(65536):
            pass
        print("The connection was well, and we have ended it")
    except OSError as error:
        print(f"The connection was over: {error.strerror}")
