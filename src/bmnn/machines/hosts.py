"""Names and addresses of servers: which of them show that the Internet was reached."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_LOCAL = (".local", ".lan", ".localdomain", ".internal", ".home", ".corp")


def web_host(address: str) -> str:
    """The host of an http, https or ftp address in lower case; "" for anything else."""
    try:
        parts = urlsplit(address)
        return parts.hostname or "" if parts.scheme.casefold() in ("http", "https", "ftp") else ""
    except ValueError:
        return ""


def inside(host: str) -> bool:
    """True for the computer itself, private addresses, names without a dot or in a local zone: they show no
    Internet."""
    try:
        return not ipaddress.ip_address(host.strip("[]").split("%")[0]).is_global
    except ValueError:
        name = host.casefold().rstrip(".")
        return "." not in name or name.endswith(_LOCAL)
