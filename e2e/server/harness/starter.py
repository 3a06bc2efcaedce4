"""Starts programs for starter.ts: one for each line of the input, several at a time, and one after the other for the
lines of file descriptor 3. A line is an order in JSON; its answer is a line on the output, or on file descriptor 4."""
import base64
import contextlib
import json
import os
import subprocess
import sys
import threading

ORDERS, ANSWERS = 3, 4

lock = threading.Lock()


def carried_out(order):
    account = order.get("as")
    who = {"user": account["uid"], "group": account["gid"], "extra_groups": []} if account else {}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    try:
        # Nothing to close: no descriptor is inherited (below).
        program = subprocess.Popen(
            [order["command"], *order["args"]], cwd=order["cwd"], env=order["env"], close_fds=False, **pipes, **who
        )
    except OSError as error:
        return {"error": f"{order['command']}: {error.strerror}"}
    late = False
    try:
        out, err = program.communicate(order["input"].encode(), order["limit"])
    except subprocess.TimeoutExpired:
        late = True
        program.kill()
        out, err = program.communicate()
    code = 124 if late else program.returncode if program.returncode >= 0 else 1
    return {"code": code, "stdout": base64.b64encode(out).decode(), "stderr": base64.b64encode(err).decode()}


def answer(line, output):
    order = json.loads(line)
    reply = json.dumps({"id": order["id"], **carried_out(order)}) + "\n"
    with lock:
        output.write(reply)
        output.flush()


def one_by_one():
    with open(ORDERS, encoding="utf-8") as orders, open(ANSWERS, "w", encoding="utf-8") as answers:
        for line in orders:
            answer(line, answers)


# What is open here is nothing that a program should inherit. The list has the descriptor that reads it, too.
for descriptor in map(int, os.listdir("/proc/self/fd")):
    if descriptor > 2:
        with contextlib.suppress(OSError):
            os.set_inheritable(descriptor, False)
threading.Thread(target=one_by_one, daemon=True).start()
for line in sys.stdin:
    threading.Thread(target=answer, args=(line, sys.stdout), daemon=True).start()
