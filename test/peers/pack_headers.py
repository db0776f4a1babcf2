"""Headers of a weather station (exercise 1 of lesson 9), packed by Python's struct.

    python3 test/peers/pack_headers.py           a table of headers and their bytes
    python3 test/peers/pack_headers.py --stdin   packs headers, one JSON object a line; prints hex

A number of 64 bits is text in JSON, and so is celsius: JSON knows no infinities.
"""

import json
import struct
import sys

# #region pack
FIXED = struct.Struct("!HbIiQqf6sB")


def pack(header: dict) -> bytes:
    name = header["name"].encode("utf-8")
    return FIXED.pack(
        FIXED.size + len(name),
        header["signalDbm"],
        header["payloadBytes"],
        header["altitudeCm"],
        int(header["timeNs"]),
        int(header["driftNs"]),
        float(header["celsius"]),
        bytes.fromhex(header["device"]),
        len(name),
    ) + name
# #endregion


BASE = {
    "signalDbm": 17,
    "payloadBytes": 0x01020304,
    "altitudeCm": 0x0A0B0C0D,
    "timeNs": str(0x1112131415161718),
    "driftNs": str(0x2122232425262728),
    "celsius": "21.5",
    "device": "02005e10a0ff",
    "name": "Uster",
}

# What is new in each.
CASES = [
    ("a plain header", {}),
    ("a signal below zero", {"signalDbm": -70}),
    ("the weakest signal", {"signalDbm": -128}),
    ("the strongest signal", {"signalDbm": 127}),
    ("no payload", {"payloadBytes": 0}),
    ("a payload of five bytes", {"payloadBytes": 5}),
    ("a payload of 4,294,967,280 bytes", {"payloadBytes": 0xFFFFFFF0}),
    ("the longest payload", {"payloadBytes": 0xFFFFFFFF}),
    ("a place below the sea", {"altitudeCm": -2}),
    ("the lowest place", {"altitudeCm": -(2**31)}),
    ("the highest place", {"altitudeCm": 2**31 - 1}),
    ("the beginning of time", {"timeNs": "0"}),
    ("a time of 2025", {"timeNs": "1750000000123456789"}),
    ("the end of time", {"timeNs": str(2**64 - 1)}),
    ("a clock that is slow", {"driftNs": "-1"}),
    ("a clock that is 2 ** 53 + 1 ns fast", {"driftNs": str(2**53 + 1)}),
    ("the slowest clock", {"driftNs": str(-(2**63))}),
    ("the fastest clock", {"driftNs": str(2**63 - 1)}),
    ("frost", {"celsius": "-7.25"}),
    ("a tenth of a degree", {"celsius": "0.1"}),
    ("zero from below", {"celsius": "-0.0"}),
    ("the largest number of 32 bits", {"celsius": "3.4028234663852886e+38"}),
    ("infinite cold", {"celsius": "-Infinity"}),
    ("a device of high bytes", {"device": "fffefdfcfbfa"}),
    ("a name of no bytes", {"name": ""}),
    ("a name with an ï", {"name": "naïve"}),
    ("a name in Greek", {"name": "Αθήνα"}),
    ("a name of a snowman and a rocket", {"name": "☃🚀"}),
    ("a name that begins with U+FEFF", {"name": "\ufeffUster"}),
    ("a name of 255 bytes", {"name": "é" * 127 + "x"}),
]


def table() -> None:
    """Print what is new in each header, all of it, its celsius as 32 bits hold it, its bytes."""
    print("what", "header", "celsius", "bytes", sep="\t")
    for what, changes in CASES:
        header = BASE | changes
        packed = pack(header)
        rounded = FIXED.unpack(packed[: FIXED.size])[6]
        print(what, json.dumps(header), json.dumps(rounded), packed.hex(), sep="\t")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    if sys.argv[1:] == ["--stdin"]:
        for line in sys.stdin.buffer:
            print(pack(json.loads(line)).hex())
    else:
        table()
