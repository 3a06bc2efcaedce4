"""Reads quoted texts back as their own readers do. Takes a JSON object of lists on its input and answers with one."""

import ast
import ctypes
import ctypes.util
import json
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as tree

libpq = ctypes.CDLL(ctypes.util.find_library("pq"))


class Option(ctypes.Structure):
    """PQconninfoOption (manual 34.1)."""

    _fields_ = [
        ("keyword", ctypes.c_char_p),
        ("envvar", ctypes.c_char_p),
        ("compiled", ctypes.c_char_p),
        ("val", ctypes.c_char_p),
        ("label", ctypes.c_char_p),
        ("dispchar", ctypes.c_char_p),
        ("dispsize", ctypes.c_int),
    ]


libpq.PQconninfoParse.restype = ctypes.POINTER(Option)
libpq.PQconninfoParse.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p)]
libpq.PQconndefaults.restype = ctypes.POINTER(Option)


def options(found):
    if not found:
        return None
    values = {}
    for index in range(1000):
        option = found[index]
        if not option.keyword:
            return values
        if option.val is not None:
            values[option.keyword.decode()] = option.val.decode()
    return None


def conninfo(text):
    error = ctypes.c_char_p()
    values = options(libpq.PQconninfoParse(text.encode(), ctypes.byref(error)))
    return values if values is not None else {"error": (error.value or b"").decode()}


def service(text):
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        file.write(text)
        file.flush()
        os.environ["PGSERVICEFILE"], os.environ["PGSERVICE"] = file.name, "read-back"
        return options(libpq.PQconndefaults()) or {"error": "no such service"}


readers = {
    "conninfo": conninfo,
    "service": service,
    "python": ast.literal_eval,
    "xml": lambda text: (lambda found: [found.text or "", found.get("at")])(tree.fromstring(text)),
    "regex": lambda pair: re.compile(pair[0]).fullmatch(pair[1]) is not None,
}

asked = json.load(sys.stdin)
json.dump({kind: [readers[kind](one) for one in texts] for kind, texts in asked.items()}, sys.stdout)
