"""A scan of disks, shares, sticks, mailboxes and exports: walking, reading in the sandbox, judging, going on."""

from bmnn.discovery.scan.item import NOT_OCR
from bmnn.discovery.scan.options import Options, Progress, Silent, entries_on
from bmnn.discovery.scan.run import scan
from bmnn.discovery.scan.state import state_path
from bmnn.discovery.scan.texts import whole_texts

__all__ = ["NOT_OCR", "Options", "Progress", "Silent", "entries_on", "scan", "state_path", "whole_texts"]
