"""What eight programs sent that each have a fault: the dumps of exercise 2 of lesson 9.

    python3 lessons/data/09-numbers/dumps.py
"""

import struct


def dump(data: bytes) -> None:
    for at in range(0, len(data), 16):
        row = data[at : at + 16]
        characters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
        print(f"{at:04x}  {row.hex(' '):47}  {characters}".rstrip())


def chat_line() -> bytes:
    name, text = b"Margaret", b"Is the door open now"
    return struct.pack("!B8s", len(name) + sum(map(len, text.split())), name) + text


def frames() -> bytes:
    header = struct.Struct("!BH")
    hello, world = b"Hello", b"World"
    return b"".join(
        [
            header.pack(1, len(hello)) + hello,
            header.pack(2, header.size + len(world)) + world,
            header.pack(3, 0),
        ]
    )


def greeting() -> bytes:
    text = "Zoë 👋"
    return struct.pack("!H", len(text)) + text.encode() + struct.pack("!I", 7)


def endpoint() -> bytes:
    return bytes([192, 0, 2, 7]) + struct.pack("<H", 80) + struct.pack("!I", 5)


def file_size() -> bytes:
    size = 3_000_000_000
    high = size >> 32 % 32  # as JavaScript shifts
    return b"SZ" + struct.pack("!II", high, size)


def degrees() -> bytes:
    return b"".join(struct.pack("!BB", 0, value & 0xFF) for value in (21, -5, 0))


def counters() -> bytes:
    return b"".join(struct.pack("!Q", int(float(n))) for n in (1, 2**63, 2**53 + 1))


def altitudes() -> bytes:
    return b"".join(struct.pack("!f", abs(value)) for value in (21.5, -21.5))


for make in chat_line, frames, greeting, endpoint, file_size, degrees, counters, altitudes:
    first, *rest = make.__name__.split("_")
    print(first + "".join(map(str.title, rest)))
    dump(make())
    print()
