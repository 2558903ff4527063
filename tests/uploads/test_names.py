import unicodedata
from urllib.parse import unquote

import pytest

from uploads import names


@pytest.mark.parametrize(
    "name", ["护照.pdf", "паспорт.pdf", "جواز سفر.jpg", "पासपोर्ट.png", "👨‍👩‍👧 family.pdf", "Æbleø.heic"]
)
def test_a_name_in_any_script_comes_back_as_it_was(name):
    assert names.clean(name) == name
    assert unquote(names.attachment_header(name).rpartition("UTF-8''")[2]) == name


def test_a_decomposed_name_is_put_together():
    assert names.clean(unicodedata.normalize("NFD", "é.pdf")) == "é.pdf"


@pytest.mark.parametrize("turner", ["\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u061c"])
def test_characters_that_turn_the_reading_direction_are_gone(turner):
    assert names.clean(f"photo{turner}gpj.exe") == "photogpj.exe"


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\Amira\\pass.pdf", "pass.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ("..", "document"),
        ("", "document"),
        ("\ud800x.pdf", "x.pdf"),
    ],
)
def test_a_name_is_never_a_path_and_never_empty(claimed, kept):
    assert names.clean(claimed) == kept


def test_a_long_name_is_cut_and_keeps_its_suffix():
    cleaned = names.clean("ß" * 300 + ".jpeg")
    assert len(cleaned) == names.NAME_MAX_CHARACTERS
    assert cleaned.endswith("ß.jpeg")


@pytest.mark.parametrize("name", ["CON.pdf", "nul", "com1.jpg", "LPT9.png", "aux.tar.pdf"])
def test_device_names_of_windows_are_defused(name):
    assert names.safe_for_windows(name) == "_" + name


def test_streams_and_trailing_dots_are_taken_from_a_download_name():
    assert names.safe_for_windows("a:b?.pdf. . ") == "a_b_.pdf"


def test_a_download_is_always_an_attachment_and_no_header_can_be_smuggled_in():
    header = names.attachment_header(names.clean('x"\r\nSet-Cookie: a=b.pdf'))
    assert header.startswith("attachment; ")
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2


def test_a_name_without_latin_letters_has_a_plain_fallback():
    assert 'filename="document.pdf"' in names.attachment_header("护照.pdf")


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.PDF", ".pdf"), ("a", ""), (".pdf", ""), ("a. b", ""), ("a.b.jpg", ".jpg")]
)
def test_the_suffix_is_the_last_part(name, suffix):
    assert names.suffix_of(name) == suffix


def test_a_wrong_suffix_is_replaced_and_a_right_one_is_left():
    assert names.with_suffix("IMG_1.HEIC", (".jpg", ".jpeg")) == "IMG_1.jpg"
    assert names.with_suffix("IMG_1.JPEG", (".jpg", ".jpeg")) == "IMG_1.JPEG"
    assert names.with_suffix("scan", (".pdf",)) == "scan.pdf"
