"""The kinds of file we take, in one table. Everything else is refused."""

from dataclasses import dataclass

# Bytes before `%PDF-` that viewers agree to overlook: a byte order mark and white space.
_OVERLOOKED_BEFORE_PDF = b"\x00\t\n\x0c\r "
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PDF_HEADER_WITHIN_BYTES = 1024
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# What libmagic says when it has no opinion. An abstention, not a vote.
_NO_OPINION = {"", "application/octet-stream", "text/plain"}


@dataclass(frozen=True)
class MediaType:
    """One accepted kind. `family` is what a file name may claim: a wrong picture suffix is common and harmless."""

    name: str
    word: str
    family: str
    suffixes: tuple[str, ...]
    magic_names: frozenset[str]


PDF = MediaType("application/pdf", "PDF", "document", (".pdf",), frozenset({"application/pdf"}))
JPEG = MediaType("image/jpeg", "JPG", "picture", (".jpg", ".jpeg", ".jpe", ".jfif"), frozenset({"image/jpeg"}))
PNG = MediaType("image/png", "PNG", "picture", (".png",), frozenset({"image/png", "image/apng"}))
HEIC = MediaType(
    "image/heic",
    "HEIC",
    "picture",
    (".heic", ".heif", ".hif"),
    frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"}),
)

ALL = (PDF, JPEG, PNG, HEIC)
_BY_NAME = {kind.name: kind for kind in ALL}


def by_name(name: str) -> MediaType | None:
    """The kind stored under this media type, or None."""
    return _BY_NAME.get(name)


def by_suffix(suffix: str) -> MediaType | None:
    """The kind a file name claims. suffix: with its dot, any case. None when we do not take it."""
    suffix = suffix.lower()
    return next((kind for kind in ALL if suffix in kind.suffixes), None)


def by_first_bytes(head: bytes) -> MediaType | None:
    """The kind the first bytes announce, strictly at offset 0 (`%PDF-` may follow white space)."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return HEIC
    if head.removeprefix(_BYTE_ORDER_MARK).lstrip(_OVERLOOKED_BEFORE_PDF).startswith(b"%PDF-"):
        return PDF
    return None


def hides_pdf_header(head: bytes) -> bool:
    """True when `%PDF-` comes late, behind plain text: some old scanners and mail gateways write such files.

    Markup before the header is never plain text: a browser may take such a file for a page.
    """
    before, header, _ = head[:_PDF_HEADER_WITHIN_BYTES].partition(b"%PDF-")
    is_plain_text = all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in before)
    return bool(header) and is_plain_text and b"<" not in before


def by_magic(magic_name: str) -> MediaType | None:
    """The kind libmagic voted for, or None for anything else."""
    return next((kind for kind in ALL if magic_name in kind.magic_names), None)


def magic_abstains(magic_name: str) -> bool:
    """True when libmagic could not tell; it then neither confirms nor contradicts."""
    return magic_name in _NO_OPINION
