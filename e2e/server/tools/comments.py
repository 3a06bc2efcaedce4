"""Reads files whose comments are hostile as their own readers do. Takes the path of each on the command line."""

import configparser
import ctypes
import html.parser
import json
import sys
import xml.etree.ElementTree as tree

sys.path.insert(0, "/usr/lib/python3/dist-packages")

from fail2ban.client.configparserinc import SafeConfigParserWithIncludes
from firewall.core.io.policy import policy_reader


class Tags(html.parser.HTMLParser):
    """Every element and text of an HTML document, by Python's own tokenizer."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())


def tags(path):
    reader = Tags()
    reader.feed(open(path).read())
    reader.close()
    return reader.found


def fail2ban(path):
    reader = SafeConfigParserWithIncludes()
    reader.read([path])
    return {section: sorted(reader.options(section)) for section in reader.sections()}


def ini(path):
    reader = configparser.ConfigParser(interpolation=None, strict=True)
    reader.read_file(open(path))
    return {section: sorted(reader.options(section)) for section in reader.sections()}


def policy(path):
    folder, _, name = path.rpartition("/")
    return [str(rule) for rule in policy_reader(name, folder).rules]


readers = {
    "html": tags,
    "xml": lambda path: [element.tag for element in tree.parse(path).getroot()],
    "policy": policy,
    "fail2ban": fail2ban,
    "ini": ini,
}

json.dump({kind: readers[kind](path) for kind, path in (one.split("=", 1) for one in sys.argv[1:])}, sys.stdout)
