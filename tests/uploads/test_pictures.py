import io

import pytest
from PIL import Image

from tests.uploads import files
from uploads import pictures
from uploads.forkserver import Outcome
from uploads.storage import ObjectDamaged, ObjectMissing


@pytest.fixture
def draw(send, server, store):
    def draw(content, name, **more):
        kept = send(content, name)
        return kept, pictures.make(store, kept.object_key, kept.media_type, kept.sha256, server=server, **more)

    return draw


def opened(store, key):
    with store.open_derived(key) as file:
        content = file.read()
    return content, Image.open(io.BytesIO(content))


def test_every_page_becomes_a_picture_and_a_thumbnail(draw, store):
    _, made = draw(files.pdf(pages=12), "a.pdf")
    assert made.failed is None
    assert [page.number for page in made.pages] == list(range(1, 13))
    content, picture = opened(store, made.pages[11].key)
    assert (picture.format, picture.size, len(content)) == ("JPEG", (1555, 2200), made.pages[11].bytes)
    assert max(opened(store, made.pages[11].thumb_key)[1].size) == 320


def test_no_more_pages_are_drawn_than_the_checklist_allows(draw):
    _, made = draw(files.pdf(pages=12), "a.pdf", pages_max=11)
    assert len(made.pages) == 11


@pytest.mark.parametrize(
    ("box", "page"), [("0 0 1000000000 1000000000", ""), ("0 0 595 842", "/UserUnit 75000"), ("0 0 1 14000", "")]
)
def test_the_size_of_a_page_picture_is_ours_whatever_the_page_claims(draw, box, page):
    _, made = draw(files.pdf(box=box, page=page), "a.pdf")
    assert made.pages[0].width * made.pages[0].height <= 12_100_000


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_stands_upright_and_tells_nothing_else(draw, store, server, form, name, orientation):
    kept, made = draw(files.photo(form, exif=files.exif(orientation=orientation)), name)
    copy = pictures.make_clean_copy(store, kept.object_key, kept.media_type, kept.sha256, server=server)
    light_corner = {1: (0, 0), 3: (1, 1), 6: (1, 0), 8: (0, 1)}[orientation]
    for key in (made.pages[0].key, made.pages[0].thumb_key, copy):
        content, picture = opened(store, key)
        assert picture.size[0] > picture.size[1] if orientation in (1, 3) else picture.size[0] < picture.size[1]
        corner = tuple(int(c * (size - 1)) for c, size in zip(light_corner, picture.size, strict=True))
        assert min(picture.getpixel(corner)) > 200
        assert not picture.getexif()
        assert b"Exif" not in content
        assert files.GPS_MARK not in content


def test_comment_and_trailer_of_a_photo_are_gone(draw, store):
    _, made = draw(files.photo(comment=b"<script>alert(1)</script>") + b"PK\x05\x06<script>", "a.jpg")
    assert b"script" not in opened(store, made.pages[0].key)[0]


def test_a_heic_becomes_a_jpeg_without_its_metadata(draw, store):
    _, made = draw(files.heic(exif=files.exif()), "a.heic")
    content, picture = opened(store, made.pages[0].key)
    assert (picture.format, picture.size) == ("JPEG", (640, 480))
    assert files.GPS_MARK not in content


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_pictures_of_every_colour_mode_are_drawn(draw, store, mode):
    out = io.BytesIO()
    Image.new(mode, (40, 30), 0 if mode in ("L", "P", "1", "I;16") else None).save(out, "PNG")
    _, made = draw(out.getvalue(), "a.png")
    assert (made.failed, made.pages[0].width, made.pages[0].height) == (None, 40, 30)


def test_sixteen_bit_greys_keep_their_shade(draw, store):
    out = io.BytesIO()
    Image.new("I;16", (40, 30), 30_000).save(out, "PNG")
    _, made = draw(out.getvalue(), "a.png")
    assert abs(opened(store, made.pages[0].key)[1].convert("L").getpixel((5, 5)) - 117) < 4


def test_a_photo_with_four_colours_is_drawn(draw):
    out = io.BytesIO()
    Image.new("CMYK", (40, 30)).save(out, "JPEG")
    assert draw(out.getvalue(), "a.jpg")[1].failed is None


def test_a_damaged_file_has_no_picture_and_says_so(draw):
    _, made = draw(files.pdf()[:9], "a.pdf")
    assert made == pictures.Pictures((), "damaged")


def test_a_page_that_needs_too_much_memory_costs_that_page_only(draw):
    laugh = files.stream(
        b"/F Do " * 20_000, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 100 0 R>>>>"
    )
    content = files.pdf(pages=3, page="/Rotate 90", more=[laugh])
    _, made = draw(content, "a.pdf")
    assert len(made.pages) == 3


def test_pictures_are_not_made_of_bytes_that_changed(send, store, server):
    kept = send(files.pdf(), "a.pdf")
    path = next(store.root.rglob(kept.object_key))
    path.write_bytes(files.pdf(pages=2))
    with pytest.raises(ObjectDamaged):
        pictures.make(store, kept.object_key, kept.media_type, kept.sha256, server=server)


def test_pictures_of_a_removed_object_are_not_left_behind(send, store, server):
    """T60: it is deleted while a child draws it."""
    kept = send(files.pdf(), "a.pdf")

    class DeletesMeanwhile:
        def run(self, job, fd, output_fd):
            outcome = server.run(job, fd, output_fd)
            store.remove(kept.object_key)
            return outcome

    with pytest.raises(ObjectMissing):
        pictures.make(store, kept.object_key, kept.media_type, kept.sha256, server=DeletesMeanwhile())
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_when_no_child_can_be_had_nothing_is_said_about_the_file(send, store):
    kept = send(files.pdf(), "a.pdf")

    class NoServer:
        def run(self, job, fd, output_fd):
            return Outcome("unavailable")

    with pytest.raises(pictures.TryLater):
        pictures.make(store, kept.object_key, kept.media_type, kept.sha256, server=NoServer())


@pytest.mark.parametrize(
    "page",
    [
        {"page": 0, "width": 9, "height": 9, "at": 0, "bytes": 10**12, "thumb_at": 0, "thumb_bytes": 1},
        {"page": 7, "width": 9, "height": 9, "at": 0, "bytes": 4, "thumb_at": 0, "thumb_bytes": 4},
        {"page": 0, "width": -9, "height": 9, "at": 0, "bytes": 4, "thumb_at": 0, "thumb_bytes": 4},
        {"page": 0, "width": 9, "height": 9, "at": 0, "bytes": 4, "thumb_at": 0, "thumb_bytes": 4},
        {"page": "../../x"},
    ],
)
def test_a_child_that_lies_about_its_pictures_gets_none_stored(send, store, page):
    """The last but one is a page of markup where a JPEG should be."""
    import os

    kept = send(files.photo(), "a.jpg")

    class Liar:
        def run(self, job, fd, output_fd):
            os.write(output_fd, b"<html>")
            return Outcome("done", ({"drawn": page},))

    made = pictures.make(store, kept.object_key, kept.media_type, kept.sha256, server=Liar())
    assert made == pictures.Pictures((), "damaged")
    assert list((store.root / "derived").rglob("*")) == []
