"""Ctrl-C stops a long command between two steps, a second one at once."""

from __future__ import annotations

import os
import signal

import pytest

from bmnn.cli.stopping import Stop


def press() -> None:
    """Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def test_the_first_press_waits_for_the_next_check_and_the_second_does_not() -> None:
    with Stop() as stop:
        stop.check()
        press()
        with pytest.raises(KeyboardInterrupt):
            stop.check()
        with pytest.raises(KeyboardInterrupt):
            press()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_program_that_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Stop() as stop:
            press()
            stop.check()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
