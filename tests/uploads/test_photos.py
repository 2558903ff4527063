"""T27 to T36: photos that lie about their size, and photos that would overload a decoder."""

import time
import zlib

import pytest

from tests.uploads import files


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.png(60_000, 60_000), "a.png"),
        (files.png(9_400, 9_400, bits=8, colour=2), "a.png"),
        (files.png(2**31 - 1, 2**31 - 1), "a.png"),
        (files.jpeg_that_says(65_500, 65_500), "a.jpg"),
        (files.heic_that_says(9_000, 9_000), "a.heic"),
        (files.heic_that_says(2**32 - 1, 2**32 - 1), "a.heic"),
    ],
)
def test_too_many_pixels_are_refused_by_the_header_alone(send, content, name):
    begun = time.monotonic()
    refused = send(content, name)
    assert refused.code == "too_many_pixels"
    assert refused.values["limit_megapixels"] == 50
    assert time.monotonic() - begun < 2


def test_the_biggest_phone_photo_is_not_too_big(send):
    assert send(files.png(8_064, 6_048), "a.png").previewable


def test_a_jpeg_of_hundreds_of_scans_is_refused_before_decoding(send):
    begun = time.monotonic()
    assert send(files.jpeg_with_scans(150), "a.jpg").code == "overloads"
    assert time.monotonic() - begun < 2


def test_an_ordinary_progressive_photo_is_accepted(send):
    assert send(files.photo(progressive=True), "a.jpg").previewable


def test_packed_text_and_profiles_never_reach_the_decoder(send):
    bomb = zlib.compress(b"\0" * 100_000_000, 9)
    extra = files.png_chunk(b"zTXt", b"a\0\0" + bomb) + files.png_chunk(b"iCCP", b"a\0\0" + bomb)
    begun = time.monotonic()
    assert send(files.png(8, 8, extra=extra), "a.png").previewable
    assert time.monotonic() - begun < 2


def test_two_hundred_thousand_chunks_are_refused(send):
    extra = files.png_chunk(b"tEXt", b"a\0b") * 200_000
    assert send(files.png(8, 8, extra=extra), "a.png").code == "overloads"


def test_a_second_picture_behind_the_first_is_flagged_and_not_decoded(send):
    kept = send(files.photo() + files.jpeg_that_says(65_500, 65_500), "a.jpg")
    assert (kept.media_type, kept.flags) == ("image/jpeg", ("several_pictures",))


def test_binary_trailers_of_phones_are_not_taken_for_scans(send):
    """Motion photos carry a film behind the picture, in which the bytes of a scan marker turn up by chance."""
    assert send(files.photo() + b"\x00\xff\xda\x00" * 500, "a.jpg").previewable


@pytest.mark.parametrize("cut", [20, 400, 1000])
def test_a_cut_off_photo_is_kept_and_flagged(send, cut):
    kept = send(files.photo()[:-cut], "a.jpg")
    assert kept.flags == ("cut_off",)


def test_a_cut_off_heic_is_kept_without_preview(send):
    content = files.heic()
    kept = send(content[: len(content) // 2], "a.heic")
    assert (kept.no_preview, kept.flags) == ("damaged", ("cut_off",))


def test_a_photo_of_nonsense_is_kept_without_preview(send):
    kept = send(b"\xff\xd8\xff\xe0" + b"\x01" * 500, "a.jpg")
    assert kept.no_preview == "damaged"
