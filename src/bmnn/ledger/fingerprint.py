"""A fingerprint for paper: 130 bits in 26 Crockford base-32 characters and 2 check characters, in groups of 4.

An insider who prepares two histories needs only two that collide, half the bits' work: 130 bits leave 2**65.
The alphabet has no I, L, O and U; what is typed in is read with l and i as 1, o as 0. The check is the number
modulo 1021, a prime in which 32 has an order above 28: it finds every single wrong character and every two
that changed places.
"""

from __future__ import annotations

import hashlib
import io

import segno

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _CHECKS, _MODULUS = 26, 2, 1021
_READ = {c: i for i, c in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}


class BadFingerprint(ValueError):
    """What was typed is no fingerprint. The text says why, in Vietnamese."""


def _digits(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))


def fingerprint(data: bytes) -> str:
    """The fingerprint of some bytes: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXCC`."""
    number = int.from_bytes(hashlib.sha256(data).digest(), "big") >> 256 - 5 * _LENGTH
    whole = _digits(number, _LENGTH) + _digits(number % _MODULUS, _CHECKS)
    return "-".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def read(typed: str) -> str:
    """A fingerprint as typed by a person, in its one printed form. Raises BadFingerprint."""
    letters = [c for c in typed.upper() if c not in "-–— \t\r\n."]
    if len(letters) != _LENGTH + _CHECKS:
        raise BadFingerprint(
            f"dấu vân tay phải có {_LENGTH + _CHECKS} chữ và số (không kể gạch nối), đã gõ {len(letters)}"
        )
    strange = [c for c in letters if c not in _READ]
    if strange:
        raise BadFingerprint(f"dấu vân tay không có chữ «{strange[0]}»")
    number = 0
    for c in letters[:_LENGTH]:
        number = number * 32 + _READ[c]
    check = _READ[letters[-2]] * 32 + _READ[letters[-1]]
    if number % _MODULUS != check:
        raise BadFingerprint("gõ sai dấu vân tay: hai ký tự kiểm tra ở cuối không khớp")
    whole = _digits(number, _LENGTH) + _digits(check, _CHECKS)
    return "-".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def qr_svg(text: str, module_mm: float = 0.6) -> str:
    """A QR code of the text as one SVG element, `module_mm` millimetres a module: drawn without a script,
    a style or a link, so that a page and a printed form can carry it."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", scale=module_mm, unit="mm", border=4, xmldecl=False, svgns=True, nl=False,
              svgclass=None, lineclass=None, omitsize=False)  # fmt: skip
    return out.getvalue().decode()
