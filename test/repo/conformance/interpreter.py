"""Runs scenarios with Python's own socket, select, selectors and struct.

    python3 test/repo/conformance/interpreter.py FOLDER <scenarios.json

Standard input is a list of {"name", "steps"}. For each scenario one line of JSON is printed: the
outcomes of its steps, in the words that interpreter.ts has for them. FOLDER is for the paths of
Unix sockets.
"""

import ast
import errno
import hashlib
import json
import re
import select
import selectors
import socket
import struct
import sys
import time

FOLDER = sys.argv[1]
# Names of numbers that have two, as manual pages of socket calls say them.
NAMES = {**errno.errorcode, errno.EAGAIN: "EAGAIN", errno.EOPNOTSUPP: "EOPNOTSUPP"}
GAI_NAMES = {getattr(socket, name): name for name in dir(socket) if name.startswith("EAI_")}


class ToPython(ast.NodeTransformer):
    """Makes Python's own of an expression that is TypeScript, too."""

    def visit_List(self, node: ast.List) -> ast.Tuple:
        """An address is a list there and a tuple here."""
        self.generic_visit(node)
        return ast.Tuple(node.elts, ast.Load())

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Options are an object there and keywords here."""
        self.generic_visit(node)
        if node.args and isinstance(node.args[-1], ast.Dict):
            options = node.args.pop()
            node.keywords = [
                ast.keyword(key.value, value)
                for key, value in zip(options.keys, options.values)
            ]
        return node


class Stage:
    """The names that a scenario's steps know, and the words for what comes of them."""

    def __init__(self) -> None:
        self.names: dict = {**vars(socket), **vars(selectors), **vars(select), **vars(struct)}
        self.names |= {"__builtins__": {}, "true": True, "false": False, "null": None}
        helpers = [self.readable, self.writable, self.broken, self.arrived, self.fill, self.drain]
        helpers += [self.by_name, self.path, self.abstract]
        self.names |= {helper.__name__: helper for helper in helpers}
        self.names |= {
            "text": str.encode,
            "hexed": bytes.fromhex,
            "zeros": bytes,
            "room": bytearray,
            "whole": int,
            "size": len,
            "now": time.monotonic,
        }
        self.own: dict = {}
        self.ports: dict = {}
        self.descriptors: dict = {}

    def play(self, step: str) -> str:
        """Take one step, and say what came of it."""
        name, code = re.fullmatch(r"(?:(\w+) = )?(.*)", step).groups()
        tree = ToPython().visit(ast.parse(code, mode="eval"))
        try:
            program = compile(ast.fix_missing_locations(tree), step, "eval")
            value = eval(program, self.names, self.own)
        except (NameError, AttributeError, SyntaxError):
            raise
        except Exception as error:
            return self.error(error)
        finally:
            self.note()
        if name is None:
            return self.say(value)
        self.own[name] = value
        self.note()
        return "done"

    def note(self) -> None:
        """Name ports and descriptors after the first variable that has them."""
        for name, it in self.own.items():
            if isinstance(it, socket.socket) and it.fileno() >= 0:
                self.descriptors[it.fileno()] = name
                if it.family != socket.AF_UNIX and (port := it.getsockname()[1]):
                    self.ports.setdefault(port, name)

    def say(self, value: object) -> str:
        """A value in words."""
        if value is None:
            return "nothing"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return str(int(value))
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        if isinstance(value, Word):
            return value
        if isinstance(value, str):
            return json.dumps(value.replace(FOLDER, "FOLDER"))
        if isinstance(value, (bytes, bytearray)):
            return say_bytes(bytes(value))
        if isinstance(value, socket.socket):
            names = [name for name, it in self.own.items() if it is value]
            return f"socket {names[0]}" if names else "a socket"
        if isinstance(value, selectors.SelectorKey):
            is_right = value.fileobj.fileno() in (value.fd, -1)
            what = "key" if is_right else f"key of descriptor {value.fd}"
            return f"{what} {self.say([value.fileobj, value.events, value.data])}"
        if isinstance(value, (list, tuple)):
            return f"[{', '.join(map(self.say, self.address(value)))}]"
        return "an object"

    def address(self, value: "list | tuple") -> list:
        """Text and a number are an address, and its port is said by its socket's name."""
        if len(value) < 2 or type(value[0]) is not str or value[1] not in self.ports:
            return list(value)
        return [value[0], Word(f"port of {self.ports[value[1]]}"), *value[2:]]

    def error(self, error: BaseException) -> str:
        """An error in words: its class, and the system's number and name where it has them."""
        kind = type(error).__name__ if type(error) is not struct.error else "struct.error"
        if isinstance(error, BaseExceptionGroup):
            return f"{kind} [{', '.join(map(self.error, error.exceptions))}]"
        if not isinstance(error, OSError) or error.errno is None:
            return kind
        names = GAI_NAMES if isinstance(error, socket.gaierror) else NAMES
        return f"{kind} {error.errno} {names.get(error.errno)}"

    def readable(self, it: object) -> None:
        """Wait until it can be read from."""
        wait(it, select.POLLIN)

    def writable(self, it: object) -> None:
        """Wait until it can be written to."""
        wait(it, select.POLLOUT)

    def broken(self, it: object) -> None:
        """Wait until it has an error, or both directions are closed."""
        wait(it, 0)

    def arrived(self, it: socket.socket, count: int) -> None:
        """Wait until so many bytes lie ready to be read."""
        while len(it.recv(count, socket.MSG_PEEK)) < count:
            pass

    def fill(self, it: socket.socket) -> None:
        """Send until there is room for no more."""
        before = it.gettimeout()
        it.setblocking(False)
        while True:
            try:
                it.send(bytes(4096))
            except BlockingIOError:
                if not is_ready(it, select.POLLOUT, 20):
                    break
        it.settimeout(before)

    def drain(self, it: socket.socket) -> int:
        """Receive until the end; how many bytes that were."""
        count = 0
        while piece := it.recv(65536):
            count += len(piece)
        return count

    def by_name(self, found: list) -> list:
        """Pairs of descriptor and events, with the socket's name for the descriptor."""
        return sorted([Word(self.descriptors[fd]), events] for fd, events in found)

    def path(self, name: str) -> str:
        """A path for a Unix socket."""
        return f"{FOLDER}/{name}"

    def abstract(self, name: str) -> str:
        """A name for a Unix socket that is no path."""
        return f"\0{FOLDER}/{name}"

    def close(self) -> None:
        """Close all that is open."""
        for it in self.own.values():
            if hasattr(it, "close"):
                it.close()


class Word(str):
    """Text that is said without quotes."""


def say_bytes(value: bytes) -> str:
    if len(value) > 24:
        return f"{len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()[:8]}"
    if value and all(0x20 <= byte < 0x7F for byte in value):
        return f"bytes {json.dumps(value.decode())}"
    return f"bytes {value.hex(' ')}" if value else "no bytes"


def is_ready(it: object, events: int, ms: int) -> bool:
    waiting = select.poll()
    waiting.register(it, events)
    return bool(waiting.poll(ms))


def wait(it: object, events: int) -> None:
    if not is_ready(it, events, 2000):
        raise SystemExit(f"{it} was not ready for {events} within 2 s")


for scenario in json.load(sys.stdin):
    stage = Stage()
    outcomes = [stage.play(step) for step in scenario["steps"]]
    stage.close()
    print(json.dumps({"name": scenario["name"], "outcomes": outcomes}), flush=True)
