"""A client of the calculator: asks many questions without waiting, and checks every answer.

    python3 test/peers/calculator_client.py port

Each third line is rubbish. All of them are sent in pieces of 1,000 bytes that have nothing to do with
them, by one thread, while another reads. The exit code is 0 when all answers are right, otherwise 1,
with a sentence on standard error.
"""

import contextlib
import json
import operator
import random
import socket
import sys
import threading

OPERATIONS = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
}
RUBBISH = [
    b"\xff\xfe\x00",
    b'{"id": 1, "op": "add", "args": [1',
    b"GET / HTTP/1.1",
    b"[]",
    b"NaN",
    b'{"id": 1e999, "op": "add", "args": [1, 2]}',
]
PIECE_BYTES = 1000


def questions(count: int) -> list[tuple[bytes, object]]:
    """Lines, each with what must be answered: an id with a number, or None for an error."""
    dice = random.Random(8)
    lines: list[tuple[bytes, object]] = []
    for i in range(count):
        if i % 3 == 2:
            lines.append((dice.choice(RUBBISH), None))
            continue
        name = f"naïve €\n{i}" if i % 2 else i
        op = dice.choice(list(OPERATIONS))
        args = [dice.randint(-999, 999), dice.choice([1, -1]) * dice.uniform(0.1, 9)]
        text = json.dumps({"op": op, "id": name, "args": args}, ensure_ascii=i % 4 == 0)
        lines.append((text.encode(), [name, float(OPERATIONS[op](*args))]))
    return lines


def check(line: str, due: object) -> str:
    """What is wrong with an answer; empty when it is right."""
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return f"got {line!r}, which is no JSON object"
    if due is None:
        good = answer.get("id", 0) is None and isinstance(answer.get("error"), str)
        return "" if good else f"got {line.strip()} for rubbish"
    name, result = due
    good = answer.get("id") == name and answer.get("result") == result
    return "" if good else f"got {line.strip()}, wanted the id {name!r} and {result}"


def main() -> int:
    asked = questions(600)
    stream = b"\n".join(line for line, _ in asked) + b"\n"
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5) as sock:

        def send() -> None:
            with contextlib.suppress(OSError):  # whoever reads will notice
                for at in range(0, len(stream), PIECE_BYTES):
                    sock.sendall(stream[at : at + PIECE_BYTES])
                sock.shutdown(socket.SHUT_WR)

        sender = threading.Thread(target=send, daemon=True)
        sender.start()
        try:
            answers = sock.makefile(encoding="utf-8", newline="\n").readlines()
        except OSError as error:
            print(f"no end of the answers: {error}", file=sys.stderr)
            return 1
    if len(answers) != len(asked):
        print(f"got {len(answers)} answers to {len(asked)} lines", file=sys.stderr)
        return 1
    trouble = next(filter(None, map(check, answers, (due for _, due in asked))), "")
    if trouble:
        print(trouble, file=sys.stderr)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
