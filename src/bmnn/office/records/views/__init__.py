"""Pages of the registers: each reads a form, calls one act, shows the answer."""
