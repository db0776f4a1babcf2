"""A client for each service of the clinic. Nothing is wrong with any of them.

    python3 lessons/data/18-troubleshooting/clinic/client.py SERVICE

Wants LOG and SS, where to write, and SERVER_NS, where the server is: see clinic.sh.
"""

import os
import signal
import socket
import subprocess
import sys
import time

server = ("10.0.0.1", 65432)


def tell(text):
    with open(os.environ["LOG"], "a") as log:
        log.write(f"client: {text}\n")


def on_server(*words):
    return ["ip", "netns", "exec", os.environ["SERVER_NS"], *words]


def look():
    """Asks ss on the server's machine, and keeps what it says."""
    said = subprocess.run(on_server("ss", "-tan"), capture_output=True, text=True).stdout
    with open(os.environ["SS"], "w") as file:
        file.writelines(line.rstrip() + "\n" for line in said.splitlines())


def connect(seconds=None):
    return socket.create_connection(server, seconds)


def receive(sock, lines=1, seconds=2.0):
    """Receives so many lines; fewer when the connection ends, or nothing comes for a while."""
    sock.settimeout(seconds)
    text = b""
    while text.count(b"\n") < lines:
        piece = sock.recv(4096)
        if piece == b"":
            break
        text += piece
    return text.decode().splitlines()


def lobby():
    try:
        connect()
    except OSError as error:
        tell(f"cannot connect to 10.0.0.1:65432: {error.strerror}")
    look()


def clerk():
    ada = connect()
    ada.sendall(b"Hello\n")
    tell(f"Ada connected, and got {receive(ada)}")
    others = [connect(), connect()]
    tell("Bob and Cleo connected")
    try:
        connect(4)
    except TimeoutError:
        tell("Dora cannot connect to 10.0.0.1:65432: timed out after 4 s")
    look()
    return others


def press():
    with connect() as sock:
        tell(f"got {receive(sock)}")
        receive(sock)
    with open(os.environ["LOG"] + ".pid") as file:
        os.kill(int(file.read()), signal.SIGTERM)
    tell("the server was stopped, and is started again")
    subprocess.run(on_server("lessons/data/18-troubleshooting/clinic/serve.sh", "press"))
    time.sleep(0.2)
    look()


def till():
    sock = connect()
    answers = []
    for requests in [b"12\n", b"30\n8\n", b"1\n"]:
        sock.sendall(requests)
        answers += receive(sock)
    try:
        answers += receive(sock)
    except TimeoutError:
        tell(f"sent 4 requests, got {len(answers)} answers: {answers}")
        tell("nothing more came within 2 s")
    look()
    sock.close()


def depot():
    sock = connect()
    answers = []
    for request in [b"tea\n", b"sugar\n"]:
        sock.sendall(request)
        answers += receive(sock)
    sock.sendall(b"salt\n" * 20_000)
    try:
        answers += receive(sock)
    except TimeoutError:
        tell(f"sent 20002 requests, got {len(answers)} answers: {answers}")
        tell("nothing more came within 2 s")
    look()
    sock.close()


def quotes():
    sock = connect()
    begun = time.monotonic()
    for name in [b"ACME\n", b"BOLT\n", b"CRAB\n", b"DOVE\n", b"ELMS\n"]:
        sock.sendall(name)
        receive(sock, 2)
    each = (time.monotonic() - begun) / 5
    tell(f"sent 5 requests, got 5 answers, {each * 1000:.0f} ms each")
    look()
    sock.close()


def report():
    sock = connect()
    sock.sendall(b"the harvest\n")
    sock.shutdown(socket.SHUT_WR)
    tell(f"sent 1 request, got {receive(sock)}, and then the end")
    look()
    sock.close()


def oracle():
    sock = connect()
    sock.sendall(b"Will it rain?\n")
    tell(f"sent 1 request, got {receive(sock)}, and then the end")
    look()
    sock.close()


def gate():
    sock = connect()
    sent = 0
    try:
        for _ in range(60):
            sent += sock.send(bytes(1000))
            time.sleep(0.001)
    except OSError as error:
        tell(f"sent {sent} of 60000 bytes: {error.strerror}")
    look()


def archive():
    socks = []
    for name in ["Ada", "Bob", "Cleo"]:
        sock = connect()
        socks.append(sock)
        sock.sendall(f"{name}\n".encode())
        answer = receive(sock)
        sock.shutdown(socket.SHUT_WR)
        try:
            receive(sock, seconds=0.5)
        except TimeoutError:
            tell(f"{name} got {answer}, said that this was all, and waits for the end")
    look()


globals()[sys.argv[1]]()
