"""T07 to T26: what a PDF may hold, and what is done about it."""

import time
import zlib
from pathlib import Path

import pytest

from tests.uploads import files
from uploads.intake import Accepted, Limits

ODD = Path(__file__).with_name("odd")
SCRIPT = "<</S/JavaScript/JS(app.alert(1))>>"


def flate(content, entries=""):
    return files.stream(zlib.compress(content, 9), f"/Filter/FlateDecode{entries}")


@pytest.mark.parametrize(
    "catalog",
    [
        f"/OpenAction{SCRIPT}",
        f"/AA<</WC{SCRIPT}>>",
        f"/Names<</JavaScript<</Names[(a){SCRIPT}]>>>>",
        "/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>",
        "/OpenAction<</S/Launch/F(cmd.exe)>>",
        "/OpenAction<</S/GoToR/F(\\\\\\\\192.0.2.1\\\\share\\\\x.pdf)>>",
        "/OpenAction<</S/GoToE/F(x.pdf)>>",
        "/OpenAction<</S/SubmitForm/F(http://192.0.2.1/)>>",
        "/OpenAction<</S/ImportData/F(http://192.0.2.1/)>>",
        "/OpenAction<</S/URI/URI(http://192.0.2.1/)>>",
        f"/OpenAction<</S/GoTo/D[10 0 R/Fit]/Next{SCRIPT}>>",
    ],
)
def test_what_would_act_by_itself_is_flagged_and_the_pdf_is_kept(send, catalog):
    kept = send(files.pdf(catalog=catalog), "a.pdf")
    assert kept.previewable
    assert kept.flags == ("active_content",)


def test_a_script_only_in_a_compressed_object_stream_is_found(send):
    content = files.pdf_with_objects_in_a_stream(f"/OpenAction{SCRIPT}")
    assert b"JavaScript" not in content
    kept = send(content, "a.pdf")
    assert (kept.previewable, kept.flags) == (True, ("active_content",))


def test_an_ordinary_link_and_an_opening_page_are_not_called_active(send):
    link = "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org)>>>>]"
    assert send(files.pdf(catalog="/OpenAction[10 0 R/Fit]", page=link), "a.pdf").flags == ()


@pytest.mark.parametrize(
    ("page", "flag"),
    [
        (
            "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a.exe)/EF<</F 100 0 R>>>>>>]",
            "embedded_file",
        ),
        ("/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]", "media"),
    ],
)
def test_files_and_media_on_a_page_are_flagged(send, page, flag):
    assert send(files.pdf(page=page, more=[files.stream(b"MZ")]), "a.pdf").flags == (flag,)


def test_an_embedded_file_is_flagged(send):
    catalog = "/Names<</EmbeddedFiles<</Names[(a)<</F(a.exe)/EF<</F 100 0 R>>>>]>>>>"
    assert send(files.pdf(catalog=catalog, more=[files.stream(b"MZ")]), "a.pdf").flags == ("embedded_file",)


def test_a_dynamic_form_is_kept_without_preview(send):
    kept = send(files.pdf(catalog="/AcroForm<</Fields[]/XFA 100 0 R>>", more=[files.stream(b"<xdp/>")]), "a.pdf")
    assert (kept.no_preview, kept.flags) == ("dynamic_form", ("form",))


def test_a_pdf_that_needs_a_password_is_refused_in_so_many_words(send):
    assert send(files.protected_pdf(user_password="x", owner_password="y"), "a.pdf").code == "needs_password"


def test_a_pdf_locked_only_against_changes_is_accepted(send):
    kept = send(files.protected_pdf(user_password="", owner_password="y"), "a.pdf")
    assert (kept.previewable, kept.pages, kept.flags) == (True, 1, ("restricted",))


@pytest.mark.parametrize("name", ["reads_as_open", "refused_at_first", "key_reads_as_utf16"])
def test_a_locked_pdf_whose_keys_happen_to_look_like_text_is_read_as_well(send, name):
    """Reading them takes a codec that is loaded late: a child that is shut in could not load it any more."""
    kept = send((ODD / f"locked_{name}.pdf").read_bytes(), "a.pdf")
    assert (kept.previewable, kept.pages, kept.flags) == (True, 1, ("restricted",))


def test_a_hundred_pages_are_accepted_and_one_more_is_not(send):
    assert send(files.pdf(pages=100), "a.pdf").pages == 100
    refused = send(files.pdf(pages=101), "a.pdf")
    assert (refused.code, refused.values["limit"]) == ("too_many_pages", 100)


def test_the_limit_of_pages_is_the_checklists(send):
    assert send(files.pdf(pages=3), "a.pdf", Limits(pages_max=2)).code == "too_many_pages"


def test_ninety_thousand_times_the_same_page_is_refused_quickly(send):
    content = files.pdf().replace(b"/Kids[10 0 R]/Count 1", b"/Kids[" + b"10 0 R " * 90_000 + b"]/Count 90000")
    begun = time.monotonic()
    assert send(content, "a.pdf").code == "too_many_pages"
    assert time.monotonic() - begun < 10


def bombs():
    yield "flate_1_gib", files.pdf(catalog="/OpenAction 100 0 R", more=[flate(b"\0" * 200_000_000)])
    twice = zlib.compress(zlib.compress(b"\0" * 200_000_000, 9), 9)
    yield "flate_twice", files.pdf(more=[files.stream(twice, "/Filter[/FlateDecode/FlateDecode]")])
    yield (
        "page_tree_cycle",
        files.with_xref({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    )
    yield (
        "prev_loop",
        files.with_xref({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Kids[]/Count 0>>"}, trailer="/Prev 9"),
    )
    yield "own_length", files.pdf(more=["<</Length 100 0 R>>stream\nx\nendstream"])
    deep = b"[" * 100_000 + b"]" * 100_000
    yield "nested_arrays", files.pdf(catalog="/OpenAction 100 0 R", more=[deep])
    tree = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    tree |= {n: f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>" for n in range(2, 5000)}
    yield "deep_page_tree", files.with_xref(tree | {5000: "<</Type/Page/MediaBox[0 0 9 9]>>"})
    yield "long_name", files.pdf(catalog="/" + "a" * 5_000_000 + " 1")
    yield "huge_box", files.pdf(box="0 0 1000000000 1000000000")
    yield "user_unit", files.pdf(page="/UserUnit 75000")
    yield "xmp_laughs", files.pdf(catalog="/Metadata 100 0 R", more=[files.stream(b'<!DOCTYPE x [<!ENTITY a "b">]>')])


@pytest.mark.parametrize(("name", "content"), [pytest.param(*bomb, id=bomb[0]) for bomb in bombs()])
def test_a_bomb_is_kept_and_costs_bounded_time(send, name, content):
    begun = time.monotonic()
    kept = send(content, "a.pdf")
    assert isinstance(kept, Accepted)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("part", [9, 200, -150])
def test_a_damaged_pdf_is_kept_without_preview(send, part):
    kept = send(files.pdf()[:part], "a.pdf")
    assert isinstance(kept, Accepted)
    assert kept.no_preview in ("damaged", None)
    assert kept.pages in (None, 1)


def test_a_pdf_only_other_programs_can_repair_is_still_looked_at_for_scripts(send):
    content = files.pdf(catalog=f"/OpenAction{SCRIPT}")
    kept = send(content[: content.index(b"10 0 obj")], "a.pdf")
    assert "active_content" in kept.flags
    assert "not_fully_examined" in kept.flags
