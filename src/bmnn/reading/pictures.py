"""Pages as pictures: rendered PDF pages and frames of image files, made when asked for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]

Image.MAX_IMAGE_PIXELS = None
"""Sizes are checked against our own budget before anything is decoded."""


class Frame:
    """A frame of an image file. Its size is kept unless the file says a much finer resolution than asked for, or the
    picture is larger than a page can reasonably be."""

    _PAGE_INCHES = 11.7

    def __init__(self, number: int, load: Callable[[], Image.Image], dpi: float | None) -> None:
        """`load` gives the decoded frame."""
        self.number, self.dpi, self._load = number, dpi, load
        self._kept: Image.Image | None = None

    def gray(self, dpi: int = 200) -> Pixels:
        """See PageImage."""
        return np.asarray(self._scaled(dpi).convert("L"))

    def colour(self, dpi: int = 200) -> Pixels:
        """See PageImage."""
        return np.asarray(self._scaled(dpi).convert("RGB"))

    def _scaled(self, dpi: int) -> Image.Image:
        if self._kept is None:
            self._kept = flat(self._load())
        image = self._kept
        longest = max(image.size)
        # Stated resolutions are often a default of the program; a picture is taken for a page of A4 at least.
        own = max(longest / self._PAGE_INCHES, self.dpi if self.dpi and self.dpi <= 2400 else 0)
        scale = dpi / own
        if scale < 0.8:
            size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
            return image.convert("RGB" if image.mode not in ("L", "1") else "L").resize(
                size, Image.Resampling.BOX
            )
        return image


class Frames(Sequence[Frame]):
    """The frames of an image file, decoded one at a time."""

    def __init__(self, data: bytes, count: int, dpi: float | None) -> None:
        """`count` frames of the image in `data`."""
        self._data, self._count, self._dpi = data, count, dpi

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Frame:  # type: ignore[override]  # a slice of pages is never asked for
        if not 0 <= index < self._count:
            raise IndexError(index)
        return Frame(index + 1, lambda: self._load(index), self._dpi)

    def __iter__(self) -> Iterator[Frame]:
        return (self[i] for i in range(self._count))

    def _load(self, index: int) -> Image.Image:
        image = Image.open(io.BytesIO(self._data))
        if index:
            image.seek(index)
        image.load()
        return image


def flat(image: Image.Image) -> Image.Image:
    """The picture upright as its file says, on white where it is transparent, with eight bits a channel."""
    orientation = image.getexif().get(0x0112, 1) if hasattr(image, "getexif") else 1
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}.get(
        orientation
    )
    if turn is not None:
        image = image.transpose(turn)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        ground = Image.new("RGB", image.size, "white")
        clear = image.convert("RGBA")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    if image.mode.startswith("I") or image.mode == "F":
        wide = np.asarray(image, dtype=np.float64)
        span = float(wide.max() - wide.min()) or 1.0
        return Image.fromarray(((wide - wide.min()) * (255 / span)).astype(np.uint8))
    if image.mode in ("1", "L", "RGB"):
        return image
    return image.convert("RGB")
