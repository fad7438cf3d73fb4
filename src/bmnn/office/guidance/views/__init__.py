"""Pages of guidance: each reads a form, calls one act, shows the answer."""
