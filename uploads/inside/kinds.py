"""libmagic's vote, through the copy that comes in the wheel: no system library, no search by subprocess."""

import ctypes
import importlib.util
from pathlib import Path

_MAGIC_MIME_TYPE = 0x10
_loaded: list = []


def load() -> None:
    """Opens the data base once, before children are forked."""
    folder = Path(importlib.util.find_spec("pylibmagic").origin).parent
    library = ctypes.CDLL(str(folder / "libmagic.so.1"))
    library.magic_open.restype = ctypes.c_void_p
    library.magic_open.argtypes = [ctypes.c_int]
    library.magic_load.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.magic_buffer.restype = ctypes.c_char_p
    library.magic_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    cookie = library.magic_open(_MAGIC_MIME_TYPE)
    if not cookie or library.magic_load(cookie, str(folder / "magic.mgc").encode()) != 0:
        raise OSError("libmagic could not load its data base")
    _loaded[:] = [library, cookie]


def magic_name(head: bytes) -> str:
    """The media type libmagic sees in the first bytes; empty when it failed."""
    library, cookie = _loaded
    answer = library.magic_buffer(cookie, head, len(head))
    return answer.decode("ascii", "replace") if answer else ""
