"""Runs scenarios with Python's own socket, select, selectors and struct.

    python3 -B test/repo/conformance/interpreter.py FOLDER <scenarios.json

Standard input is a list of {"name", "steps"}. For each scenario one line of JSON is printed: the
outcomes of its steps, in the words that interpreter.ts has for them. FOLDER is for the paths of
Unix sockets.
"""

import ast
import json
import os
import re
import select
import selectors
import socket
import struct
import sys
import time

from waits import arrived, broken, drain, fill, flood, readable, writable
from words import Word, say, say_error

FOLDER = sys.argv[1]
PID = os.getpid()
HOST = f"127.{64 + (PID >> 16 & 63)}.{PID >> 8 & 255}.{PID & 255}"

KNOWN = {**vars(socket), **vars(selectors), **vars(select), **vars(struct), "__builtins__": {}}
KNOWN |= {it.__name__: it for it in (arrived, broken, drain, fill, flood, readable, writable)}
KNOWN |= {"true": True, "false": False, "null": None, "size": len, "now": time.monotonic}
KNOWN |= {"text": str.encode, "hexed": bytes.fromhex, "zeros": bytes, "room": bytearray}
KNOWN |= {"whole": int, "host": HOST, "path": f"{FOLDER}/{{}}".format, "abstract": f"\0{FOLDER}/{{}}".format}


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
            pairs = zip(options.keys, options.values)
            node.keywords = [ast.keyword(key.value, value) for key, value in pairs]
        return node


class Stage:
    """The variables of a scenario, and what is named after them."""

    def __init__(self) -> None:
        self.own: dict = {}
        self.ports: dict = {}
        self.descriptors: dict = {}

    def play(self, step: str) -> str:
        """Take one step, and say what came of it."""
        name, code = re.fullmatch(r"(?:(\w+) = )?(.*)", step).groups()
        tree = ast.fix_missing_locations(ToPython().visit(ast.parse(code, mode="eval")))
        try:
            known = {**KNOWN, **self.own, "by_name": self.by_name}
            value = eval(compile(tree, step, "eval"), known)
            if name is None:
                return say(value, self.known)
            self.own[name] = value
            return "done"
        except (NameError, AttributeError, SyntaxError):
            raise
        except Exception as error:
            return say_error(error)
        finally:
            self.note()

    def note(self) -> None:
        """Name ports and descriptors after the first variable that has them."""
        for name, it in self.own.items():
            if isinstance(it, socket.socket) and it.fileno() >= 0:
                self.descriptors[it.fileno()] = name
                if it.family != socket.AF_UNIX and (port := it.getsockname()[1]):
                    self.ports.setdefault(port, name)

    def known(self, value: object) -> object:
        """What stands for a value: a Word for a socket, and for the port in an address."""
        if isinstance(value, socket.socket):
            return Word(next((f"socket {k}" for k, it in self.own.items() if it is value), "a socket"))
        if isinstance(value, str):
            return type(value)(value.replace(FOLDER, "FOLDER").replace(HOST, "HOST"))
        if isinstance(value, tuple) and len(value) > 1 and isinstance(value[0], str):
            if value[1] in self.ports:
                return [value[0], Word(f"port of {self.ports[value[1]]}"), *value[2:]]
        return value

    def by_name(self, found: list) -> list:
        """Pairs of descriptor and events, with the socket's name for the descriptor."""
        return sorted([Word(self.descriptors[fd]), events] for fd, events in found)

    def close(self) -> None:
        """Close all that is open."""
        for it in self.own.values():
            if hasattr(it, "close"):
                it.close()


for scenario in json.load(sys.stdin):
    stage = Stage()
    outcomes = [stage.play(step) for step in scenario["steps"]]
    stage.close()
    print(json.dumps({"name": scenario["name"], "outcomes": outcomes}), flush=True)
