"""Makes the files the upload tests need, honest and hostile. Nothing here is copied from anywhere."""

import io
import struct
import zlib

from PIL import Image

GPS_MARK = b"Kodak-Serial-4711"


def pdf(*, pages=1, catalog="", page="", more=(), box="0 0 595 842", version="1.7", before=b"", after=b"") -> bytes:
    """A correct PDF with that many pages. catalog, page: more entries; more: further objects, from number 100."""
    kids = " ".join(f"{number} 0 R" for number in range(10, 10 + pages))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: stream(b"BT /F1 24 Tf 72 720 Td (Hello) Tj ET"),
    }
    for number in range(10, 10 + pages):
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>{page}>>"
        )
    objects |= dict(enumerate(more, start=100))
    return before + with_xref(objects, version=version) + after


def stream(content: bytes, entries: str = "") -> bytes:
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def with_xref(objects: dict[int, str | bytes], *, version="1.7", trailer="") -> bytes:
    out = io.BytesIO()
    out.write(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010} 00000 n \n".encode())
    out.write(f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def pdf_with_objects_in_a_stream(catalog: str) -> bytes:
    """A PDF 1.5 whose catalog lies compressed inside an object stream: a scan of the raw bytes sees nothing."""
    inner = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    head = b"1 0 "
    packed = zlib.compress(head + inner)
    parts = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        5: stream(packed, f"/Type/ObjStm/N 1/First {len(head)}/Filter/FlateDecode"),
    }
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    for number, body in parts.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    rows = b"".join(_row(number, places, start) for number in range(7))
    out.write(b"6 0 obj\n" + stream(rows, "/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R") + b"\nendobj\n")
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _row(number: int, places: dict[int, int], xref_at: int) -> bytes:
    if number == 1:
        return struct.pack(">BIH", 2, 5, 0)
    place = xref_at if number == 6 else places.get(number)
    return struct.pack(">BIH", 1, place, 0) if place else struct.pack(">BIH", 0, 0, 65535)


def protected_pdf(*, user_password: str, owner_password: str) -> bytes:
    """Encrypted with AES-256, as office programs do it today."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(user_password=user_password, owner_password=owner_password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo(form="JPEG", size=(640, 480), *, exif=None, colour=(180, 60, 40), **options) -> bytes:
    """A picture with a light upper left corner, so that a turn can be seen."""
    picture = Image.new("RGB", size, colour)
    picture.paste((250, 250, 250), (0, 0, size[0] // 4, size[1] // 4))
    if exif is not None:
        options["exif"] = exif
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def grey_photo() -> bytes:
    return _saved(Image.new("L", (320, 240), 90), "JPEG")


def cmyk_photo() -> bytes:
    """As print shops send it."""
    return _saved(Image.new("CMYK", (320, 240), (10, 80, 60, 20)), "JPEG")


def palette_png() -> bytes:
    return _saved(Image.new("RGB", (320, 240), (10, 80, 60)).quantize(8), "PNG")


def see_through_png() -> bytes:
    return _saved(Image.new("RGBA", (320, 240), (10, 80, 60, 120)), "PNG")


def _saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def heic(size=(640, 480), **options) -> bytes:
    import pillow_heif

    picture = pillow_heif.from_pillow(Image.new("RGB", size, (20, 120, 200)))
    out = io.BytesIO()
    picture.save(out, quality=50, **options)
    return out.getvalue()


def exif(*, orientation=1) -> bytes:
    """EXIF with a place, a maker and a serial number: what must never leave with a picture."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "Kodak"
    made[0xA431] = GPS_MARK.decode()
    gps = made.get_ifd(0x8825)
    gps.update({1: "N", 2: (55.0, 40.0, 34.0), 3: "E", 4: (12.0, 34.0, 5.0)})
    return made.tobytes()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *, bits=1, colour=0, extra=b"", pixels: bytes | None = None) -> bytes:
    """A PNG whose header says what it is told to say."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = zlib.compress(pixels if pixels is not None else b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")
    )


def jpeg_with_scans(count: int) -> bytes:
    """A progressive JPEG that repeats its last scan until there are `count`."""
    whole = photo(progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * count + b"\xff\xd9"


def jpeg_that_says(width: int, height: int) -> bytes:
    whole = bytearray(photo())
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def heic_that_says(width: int, height: int) -> bytes:
    whole = bytearray(heic())
    at = whole.index(b"ispe")
    whole[at + 8 : at + 16] = struct.pack(">II", width, height)
    return bytes(whole)


def slow_pdf(escapes=1_500_000) -> bytes:
    """Takes pypdf seconds and PDFium hardly any time: one enormous string."""
    return pdf(catalog="/OpenAction 100 0 R", more=[b"<</S/URI/URI(" + b"\\(a" * escapes + b")>>"])
