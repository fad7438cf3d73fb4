"""Pages that do an act of the registers: the shared act page with the registers' form."""

from __future__ import annotations

from functools import partial

from bmnn.office.web import doing
from bmnn.office.web.doing import fresh_key, looked, viewer

__all__ = ["act_page", "fresh_key", "looked", "viewer"]

act_page = partial(doing.act_page, template="records/form.html")
