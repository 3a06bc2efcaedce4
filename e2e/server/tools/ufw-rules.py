"""Writes the rules files of ufw for one plan after the other, by ufw's own parser and writer, without a process a rule.

Each line of the input is a list of commands as ufw takes them; the rules files are made from the packaged ones and hold
these rules alone when the answer comes.
"""

import contextlib
import gettext
import io
import json
import os
import shutil
import sys

import ufw.common
import ufw.frontend

gettext.install(ufw.common.programName)

for line in sys.stdin:
    for name in ("user.rules", "user6.rules"):
        shutil.copyfile(os.path.join(ufw.common.share_dir, "iptables", name), os.path.join("/etc/ufw", name))
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        frontend = ufw.frontend.UFWFrontend(False)
        write = frontend.backend._write_rules
        frontend.backend._write_rules = lambda v6=False: None
        for command in json.loads(line):
            parsed = ufw.frontend.parse_command(["ufw", *command])
            answer = frontend.do_action(parsed.action, parsed.data["rule"], parsed.data["iptype"], True)
            if "Skipping" in answer:
                sys.exit(f"{command}: {answer}")
        # Each rule would write the files anew; what stands in them at last is the same.
        write()
        write(True)
    print("written", flush=True)
