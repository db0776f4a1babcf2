"""Words for values and errors, the same that words.ts has."""

import errno
import hashlib
import json
import selectors
import socket
import struct
from collections.abc import Callable

# Of numbers that have two names, those that manual pages of socket calls say.
NAMES = {**errno.errorcode, errno.EAGAIN: "EAGAIN", errno.EOPNOTSUPP: "EOPNOTSUPP"}
GAI_NAMES = {getattr(socket, name): name for name in dir(socket) if name.startswith("EAI_")}


class Word(str):
    """Text that is said without quotes."""


def say(value: object, known: Callable[[object], object]) -> str:
    """Say a value in words.

    known() gives what stands for a value: a Word for a socket and for a port.
    """
    value = known(value)
    if isinstance(value, Word):
        return value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, (bytes, bytearray)):
        return say_bytes(bytes(value))
    if isinstance(value, selectors.SelectorKey):
        is_right = value.fileobj.fileno() in (value.fd, -1)
        what = "key" if is_right else f"key of descriptor {value.fd}"
        return f"{what} {say([value.fileobj, value.events, value.data], known)}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(say(it, known) for it in value)}]"
    return "an object"


def say_bytes(value: bytes) -> str:
    if len(value) > 24:
        return f"{len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()[:8]}"
    if value and all(0x20 <= byte < 0x7F for byte in value):
        return f"bytes {json.dumps(value.decode())}"
    return f"bytes {value.hex(' ')}" if value else "no bytes"


def say_error(error: BaseException) -> str:
    """Say an error in words: its class, and the system's number and name where it has them."""
    kind = type(error).__name__ if type(error) is not struct.error else "struct.error"
    if isinstance(error, BaseExceptionGroup):
        return f"{kind} [{', '.join(map(say_error, error.exceptions))}]"
    if not isinstance(error, OSError) or error.errno is None:
        return kind
    names = GAI_NAMES if isinstance(error, socket.gaierror) else NAMES
    return f"{kind} {error.errno} {names.get(error.errno)}"
