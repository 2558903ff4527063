"""What can be known about a PDF without drawing it: does it open, how many pages, what is active in it."""

import io
import re
import time
from collections.abc import Iterator

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

EXAMINE_SECONDS = 3
_OBJECTS_MAX = 20_000
_ZIP_END, _ZIP_END_WITHIN_BYTES = b"PK\x05\x06", 66_000

# Content, fonts and pictures cannot act; the rest leads back up or is enormous.
_NOT_FOLLOWED = {
    "/Parent", "/P", "/Resources", "/Contents", "/Thumb", "/Metadata", "/StructTreeRoot", "/Outlines",
    "/Dests", "/D", "/Dest", "/PieceInfo", "/AP", "/PageLabels", "/OCProperties", "/OutputIntents",
}  # fmt: skip
_ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/Trans", "/GoTo3DView",
}  # fmt: skip
_MEDIA = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_RAW_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToR|GoToE|RichMedia)\b")
_RAW_EMBEDDED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)\b")


def load() -> None:
    """Sets pypdf's limits, tighter than its own: the process limits are the second wall, not the first."""
    pypdf.overwrite_configuration(
        maximum_declared_stream_length=32_000_000,
        array_based_stream_maximum_output_length=16_000_000,
        jbig2_maximum_output_length=16_000_000,
        lzw_maximum_output_length=16_000_000,
        run_length_maximum_output_length=16_000_000,
        zlib_maximum_output_length=16_000_000,
        brotli_maximum_output_length=16_000_000,
        image_maximum_buffer_size=32_000_000,
        stream_decoding_work_maximum_length=64_000_000,
        page_tree_maximum_entries=500,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )
    _warm_up()


def inspect(data: bytes, job: dict, say) -> None:
    """Says what it finds as soon as it knows it: a child that is killed later has told that much."""
    opened = _open_with_pdfium(data)
    say(opened)
    say({"flags": ["archive_inside"] if _ZIP_END in data[-_ZIP_END_WITHIN_BYTES:] else []})
    if opened.get("pages", 0) <= job["pages_max"]:
        _examine(data, "pages" in opened, say)
    say({"examined": True})


def _warm_up() -> None:
    """One small PDF through the whole path, so that children find everything imported."""
    out = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(out)
    inspect(out.getvalue(), {"pages_max": 1}, lambda _line: None)


def _open_with_pdfium(data: bytes) -> dict:
    """PDFium draws the pages later, so its word decides whether there can be a picture."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"needs_password": True} if "password" in str(error).lower() else {"opens": False}
    pages = len(document)
    document.close()
    return {"opens": pages > 0, "pages": pages}


def _examine(data: bytes, pages_are_known: bool, say) -> None:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            opens = reader.decrypt("") != pypdf.PasswordType.NOT_DECRYPTED
            say({"restricted": True} if opens else {"pypdf_needs_password": True})
            if not opens:
                return
        if not pages_are_known:
            say({"pages_by_pypdf": len(reader.pages)})
        say(_findings(reader.root_object))
    except BaseException as error:  # noqa: BLE001  pypdf lets anything through on odd files, RecursionError too
        say({"pypdf_raised": type(error).__name__[:60], **_raw_findings(data)})


def _findings(root: DictionaryObject) -> dict:
    """What a viewer could be made to do, from parsed objects: names may be escaped, objects compressed."""
    until = time.monotonic() + EXAMINE_SECONDS
    found: set[str] = set()
    for count, (thing, opens_by_itself) in enumerate(_walk(root)):
        found |= set(_active_in(thing, opens_by_itself))
        if count > _OBJECTS_MAX or time.monotonic() > until:
            found.add("not_fully_examined")
            break
    form = root.get("/AcroForm")
    form = form.get_object() if form is not None else {}
    has_xfa = isinstance(form, DictionaryObject) and "/XFA" in form
    if has_xfa:
        found.add("form")
    is_dynamic = has_xfa and (bool(root.get("/NeedsRendering")) or not form.get("/Fields"))
    return {"found": sorted(found), "dynamic_form": is_dynamic}


def _walk(root: DictionaryObject) -> Iterator[tuple[DictionaryObject, bool]]:
    """Every dictionary that can be reached, each once, and whether it acts without a click."""
    seen: set[tuple[int, int]] = set()
    todo: list[tuple[object, bool]] = [(root, False)]
    while todo:
        thing, opens_by_itself = todo.pop()
        if isinstance(thing, IndirectObject):
            key = (thing.idnum, thing.generation)
            if key in seen:
                continue
            seen.add(key)
            thing = thing.get_object()
        if isinstance(thing, ArrayObject):
            todo += [(one, opens_by_itself) for one in thing[:_OBJECTS_MAX]]
        elif isinstance(thing, DictionaryObject):
            yield thing, opens_by_itself
            # An opening action may name a page; what is on that page still waits for a click.
            goes_on = opens_by_itself and thing.get("/Type") in (None, "/Action")
            for key in thing:
                if key not in _NOT_FOLLOWED:
                    todo.append((thing.raw_get(key), goes_on or key in ("/OpenAction", "/AA")))


def _active_in(thing: DictionaryObject, opens_by_itself: bool) -> Iterator[str]:
    action = thing.get("/S")
    if action in _ACTIVE_ACTIONS or "/JS" in thing or "/JavaScript" in thing:
        yield "active_content"
    if action == "/URI" and opens_by_itself:
        yield "active_content"
    if "/EF" in thing or "/EmbeddedFiles" in thing or thing.get("/Subtype") == "/FileAttachment":
        yield "embedded_file"
    if thing.get("/Subtype") in _MEDIA:
        yield "media"


def _raw_findings(data: bytes) -> dict:
    """A weaker look for files only other programs can repair."""
    found = ["not_fully_examined"]
    if _RAW_ACTIVE.search(data):
        found.append("active_content")
    if _RAW_EMBEDDED.search(data):
        found.append("embedded_file")
    return {"found": found}
