"""Connects with the libpq named as first argument, once for each line of the input, and prints what each came to: with
which message, and as whom to which database."""
import ctypes
import json
import sys

libpq = ctypes.CDLL(sys.argv[1])
libpq.PQconnectdb.restype = ctypes.c_void_p
libpq.PQstatus.argtypes = [ctypes.c_void_p]
libpq.PQerrorMessage.argtypes = [ctypes.c_void_p]
libpq.PQerrorMessage.restype = ctypes.c_char_p
for name in ("PQuser", "PQdb"):
    getattr(libpq, name).argtypes = [ctypes.c_void_p]
    getattr(libpq, name).restype = ctypes.c_char_p
libpq.PQfinish.argtypes = [ctypes.c_void_p]
libpq.PQfinish.restype = None

for line in sys.stdin:
    connection = libpq.PQconnectdb(line.rstrip("\n").encode())
    accepted = libpq.PQstatus(connection) == 0
    message = libpq.PQerrorMessage(connection).decode(errors="replace").strip()
    user, database = ((ask(connection) or b"").decode(errors="replace") for ask in (libpq.PQuser, libpq.PQdb))
    libpq.PQfinish(connection)
    print(json.dumps({"accepted": accepted, "message": message, "user": user, "database": database}), flush=True)
