"""T02 to T06, T32, T41, T46: one type, decided once."""

import pytest

from tests.uploads import files
from uploads.intake import Limits, Refused

HTML = b"<html><script>alert(1)</script><!--\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n/x {currentfile} def\n", "a.jpg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "a.png"),
        (b"II*\x00\x08\x00\x00\x00" + b"\x00" * 40, "a.jpg"),
        (b"8BPS\x00\x01" + b"\x00" * 40, "a.jpg"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "a.png"),
        (b"BM" + b"\x00" * 60, "a.png"),
        (b"MZ" + b"\x00" * 100, "a.pdf"),
        (b"PK\x03\x04" + b"\x00" * 100, "a.pdf"),
        (HTML, "a.pdf"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1", "a.heic"),
    ],
)
def test_another_kind_under_an_accepted_name_is_refused_and_no_decoder_is_reached(send, content, name):
    refused = send(content, name)
    assert refused.code == "not_what_the_name_says"
    assert refused.values["claimed"] in ("JPG", "PNG", "PDF", "HEIC")


@pytest.mark.parametrize("name", ["a.exe", "a.docx", "a.pdf.exe", "a.svg", "a.html"])
def test_a_name_of_another_kind_is_refused_whatever_is_inside(send, name):
    assert send(files.pdf(), name).code == "kind_not_accepted"


def test_a_picture_named_pdf_is_refused_with_the_right_ending(send):
    assert send(files.photo(), "a.pdf") == Refused(
        "other_kind_than_the_name_says", {"claimed": "PDF", "found": "JPG", "right_suffix": ".jpg"}
    )


def test_a_pdf_named_jpg_is_refused(send):
    assert send(files.pdf(), "a.jpg").code == "other_kind_than_the_name_says"


def test_a_jpeg_a_phone_named_heic_is_accepted_as_the_jpeg_it_is(send):
    kept = send(files.photo(), "IMG_0042.HEIC")
    assert (kept.media_type, kept.original_name, kept.flags) == ("image/jpeg", "IMG_0042.jpg", ("renamed",))


def test_a_file_without_suffix_is_told_by_its_content_and_gets_one(send):
    kept = send(files.photo("PNG"), "image")
    assert (kept.media_type, kept.original_name, kept.flags) == ("image/png", "image.png", ())


def test_a_name_that_reads_backwards_does_not_decide_the_type(send):
    assert send(files.photo(), "photo\u202egpj.exe").code == "kind_not_accepted"


def test_heic_can_be_switched_off(send):
    assert send(files.heic(), "a.heic", Limits(heic_is_on=False)).code == "heic_is_off"
    assert send(files.photo(), "a.heic", Limits(heic_is_on=False)).media_type == "image/jpeg"


def test_markup_before_the_pdf_header_is_refused(send):
    assert send(files.pdf(before=HTML), "a.pdf").code == "not_what_the_name_says"


def test_a_program_or_a_picture_before_the_pdf_header_is_refused(send):
    assert send(files.pdf(before=b"MZ\x00\x01" + b"\x00" * 60), "a.pdf").code == "not_what_the_name_says"
    assert send(files.pdf(before=b"GIF89a/*"), "a.pdf").code == "not_what_the_name_says"


def test_white_space_and_a_byte_order_mark_before_the_header_are_overlooked(send):
    assert send(files.pdf(before=b"\r\n \n"), "a.pdf").previewable
    assert send(files.pdf(before=b"\xef\xbb\xbf"), "a.pdf").previewable


def test_plain_text_before_the_header_is_kept_without_preview(send):
    """Old mail gateways put lines before the header; the file is genuine, but no browser may see it as a page."""
    kept = send(files.pdf(before=b"Received by gateway 7\r\n"), "a.pdf")
    assert kept.no_preview == "header_not_first"


def test_a_header_after_the_first_kilobyte_is_no_pdf(send):
    assert send(files.pdf(before=b"A" * 1100), "a.pdf").code == "not_what_the_name_says"


def test_script_in_the_comment_line_is_harmless_as_pixels(send):
    content = files.pdf().replace(b"%\xe2\xe3\xcf\xd3\n", b"%<script>alert(1)</script>\n", 1)
    assert send(content, "a.pdf").previewable


def test_a_jpeg_that_is_a_pdf_too_is_a_jpeg_for_ever(send):
    """T05: pypdf and Pillow would both open it."""
    photo = files.photo(comment=files.pdf())
    kept = send(photo, "a.jpg")
    assert (kept.media_type, kept.flags) == ("image/jpeg", ("document_inside",))
    assert isinstance(send(photo, "a.pdf"), Refused)


def test_an_archive_behind_a_pdf_or_a_photo_is_flagged(send):
    archive = b"PK\x03\x04" + b"x" * 40 + b"PK\x05\x06" + b"\x00" * 18
    assert send(files.pdf(after=archive), "a.pdf").flags == ("archive_inside",)
    assert send(files.photo() + archive, "a.jpg").flags == ("archive_inside",)
