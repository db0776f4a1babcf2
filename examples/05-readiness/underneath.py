"""What the kernel watches for a server of Node or Deno with one client. Lesson 5. Linux only.

    python3 examples/05-readiness/underneath.py node examples/02-echo/echo-server.ts 0

Starts the command, connects to the port that it prints, and looks into /proc: there the kernel
shows each epoll set that the process has, and what is in it (proc(5), /proc/pid/fdinfo).
"""

import glob
import os
import re
import socket
import subprocess
import sys

EVENTS = {"IN": 0x1, "OUT": 0x4, "RDHUP": 0x2000, "EDGE": 0x8000_0000}


def link(pid: int, fd: str) -> str:
    """Return what a descriptor leads to, "socket:[1234]"."""
    return os.readlink(f"/proc/{pid}/fd/{fd}")


def watched(pid: int) -> set[tuple[str, str]]:
    """Return each socket that an epoll set of the process holds, and the events that count."""
    found = set()
    for path in glob.glob(f"/proc/{pid}/fdinfo/*"):
        if "eventpoll" not in link(pid, os.path.basename(path)):
            continue
        with open(path) as info:
            entries = re.findall(r"tfd: +(\d+) events: +(\w+)", info.read())
        for fd, mask in entries:
            names = [name for name, bit in EVENTS.items() if int(mask, 16) & bit]
            found.add((link(pid, fd), " ".join(names)))
    return found


def sockets_of_tcp() -> dict[str, str]:
    """Return the TCP sockets of this machine: "socket:[1234]" to whether it listens."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table.readlines()[1:]]
    return {f"socket:[{row[9]}]": "listening" if row[3] == "0A" else "connected" for row in rows}


def main() -> None:
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)$", child.stdout.readline())[1])
        with socket.create_connection(("127.0.0.1", port)):
            child.stdout.readline()  # the server has noticed
            kinds = sockets_of_tcp()
            for name, events in sorted(watched(child.pid), key=lambda it: kinds.get(it[0], "")):
                if name in kinds:
                    print(f"a {kinds[name]} socket, for {events}")
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    main()
