"""Formats of struct and the bytes that they make. Lesson 9.

    python3 examples/09-numbers/python-struct.py
"""

import struct

CASES = [
    ("!H", 80),
    ("<H", 80),
    ("!h", -5),
    ("!I", 4_294_967_280),
    ("!Q", 2**53 + 1),
    ("!f", 21.5),
    ("!d", 21.5),
    ("!BHI", 1, 80, 5),
    ("BHI", 1, 80, 5),
]
for fmt, *values in CASES:
    packed = struct.pack(fmt, *values)
    print(f"{fmt:5} {packed.hex(' '):36}{' '.join(map(str, struct.unpack(fmt, packed)))}")
