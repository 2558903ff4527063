"""libmagic's vote, by the copy that comes in a wheel: no system library is needed, none found is preferred."""

import ctypes
import importlib.util
from pathlib import Path

_loaded: list = []


def load() -> None:
    """Opens the data base once, before children are forked. Raises OSError or magic.MagicException."""
    folder = Path(importlib.util.find_spec("pylibmagic").origin).parent
    # Whoever asks for this name afterwards gets the one that is loaded.
    ctypes.CDLL(str(folder / "libmagic.so.1"), mode=ctypes.RTLD_GLOBAL)
    import magic  # noqa: PLC0415  it looks for the library while it is imported

    _loaded[:] = [magic.Magic(mime=True, magic_file=str(folder / "magic.mgc"))]


def magic_name(head: bytes) -> str:
    """The media type libmagic sees in the first bytes; empty when it failed."""
    import magic  # noqa: PLC0415

    try:
        return _loaded[0].from_buffer(head)
    except magic.MagicException:
        return ""
