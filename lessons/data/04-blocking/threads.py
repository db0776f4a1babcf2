"""What a thread, and a process, costs in Python: time until its code runs, and memory of its own.

    python3 lessons/data/04-blocking/threads.py
"""

import os
import platform
import socket
import statistics
import threading
import time

MANY = 50


def private_kib(pid: object) -> int:
    """Memory that a process shares with no other."""
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def report(what: str, times: list, kib: float) -> None:
    ms = statistics.median(times) * 1000
    print(f"Python {platform.python_version()}, {what}: {ms:.2f} ms, {kib / 1024:.2f} MiB")


def measure_threads(ends: list) -> None:
    def wait(sock: socket.socket, runs: threading.Event) -> None:
        runs.set()
        sock.recv(1)

    def start() -> float:
        ours, theirs = socket.socketpair()
        ends.append(ours)
        runs = threading.Event()
        begun = time.perf_counter()
        threading.Thread(target=wait, args=(theirs, runs), daemon=True).start()
        runs.wait()
        return time.perf_counter() - begun

    start()
    before = private_kib("self")
    times = [start() for _ in range(MANY)]
    report("a thread", times, (private_kib("self") - before) / MANY)


def measure_processes(ends: list) -> None:
    def start() -> "tuple[int, float]":
        ours, theirs = socket.socketpair()
        ends.append(ours)
        begun = time.perf_counter()
        pid = os.fork()
        if pid == 0:
            theirs.send(b"!")
            theirs.recv(1)
            os._exit(0)
        theirs.close()
        ours.recv(1)
        return pid, time.perf_counter() - begun

    children = [start() for _ in range(MANY)]
    memory = statistics.median(private_kib(pid) for pid, _ in children)
    report("a process", [seconds for _, seconds in children], memory)
    for end, (pid, _) in zip(ends, children):
        end.send(b"!")
        os.waitpid(pid, 0)


measure_processes([])
measure_threads([])
os._exit(0)
