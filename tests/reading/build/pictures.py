"""PDF and picture files."""

from __future__ import annotations

import io
import json

import typst
from PIL import Image, ImageDraw, ImageFont


def pdf_file(*pages: str, attach: dict[str, bytes] | None = None) -> bytes:
    """A PDF typeset by typst, one text a page."""
    inner = "\n#pagebreak()\n".join(f"#text({json.dumps(page, ensure_ascii=False)})" for page in pages)
    source = f'#set text(font: "Liberation Serif", lang: "vi", hyphenate: false)\n{inner}'
    pdf = typst.compile(source.encode())
    assert isinstance(pdf, bytes)
    return pdf if not attach else pdf_with_files(attach)


def pdf_by_hand(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF from its objects (number 1 is the catalogue)."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A PDF stream object's body."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def pdf_with_files(files: dict[str, bytes], note: str = "") -> bytes:
    """A PDF of one empty page with attachments and a note."""
    names, objects = b"", []
    wide = ("\ufeff" + note).encode("utf-16-be").hex().encode()
    for name, data in files.items():
        raw = ("\ufeff" + name).encode("utf-16-be").hex().encode()
        number = 5 + len(objects)
        names += b"<%s> %d 0 R " % (raw, number)
        objects += [b"<</Type/Filespec/F<%s>/UF<%s>/EF<</F %d 0 R>>>>" % (raw, raw, number + 1), stream(data)]
    annotation = b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents<%s>>>" % wide
    return pdf_by_hand(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[%s]>>>>>>" % names,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
            annotation,
            *objects,
        ]
    )


FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


def picture(text: str, size: tuple[int, int] = (1000, 220), mode: str = "L") -> Image.Image:
    """A line or two of print."""
    image = Image.new(mode, size, "white")
    font = ImageFont.truetype(FONT, 34)
    for line, words in enumerate(text.split("\n")):
        ImageDraw.Draw(image).text((40, 40 + 60 * line), words, fill="black", font=font)
    return image


def image_file(kind: str, *images: Image.Image) -> bytes:
    """A picture file; several pictures make a TIFF of several pages."""
    out = io.BytesIO()
    first, rest = images[0], list(images[1:])
    options = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, kind, **options)
    return out.getvalue()
