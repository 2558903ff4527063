"""Everything an upload can be told: codes here, words once, for the applicant.

A refusal means nothing was kept. A missing preview means the file was kept and staff can save it.
Words are marked with N_ for translation and put together by `words_for`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

BYTES_PER_MB = 1024 * 1024


def N_(text: str) -> str:  # noqa: N802  the name translators' tools know
    """Marks a text for the translators; it is translated when it is shown."""
    return text


@dataclass(frozen=True)
class Refused:
    """Why nothing was kept. `values` fill the words; they never hold a file name or other personal data."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What was seen, why it matters, what to do now."""

    seen: str
    why: str
    cure: str


_SAVE_AGAIN = N_("Open it in the program it came from, save it again as PDF, and send the new file.")
_TRY_AGAIN = N_("Nothing was saved. Please try again in a few minutes.")
_TAKE_PHOTO = N_("Take a clear photo of the paper, or scan it as PDF, and send that.")

REFUSALS: dict[str, Words] = {
    "empty": Words(
        N_("This file is empty."),
        N_("It holds no page and no picture, so nobody could read it."),
        N_("Check that the file opens on your device, then send it again."),
    ),
    "too_big": Words(
        N_("The file is %(megabytes)s MB; the limit is %(limit_megabytes)s MB."),
        N_("Bigger files take too long to send and to open."),
        N_("Send fewer pages at a time, or a smaller photo."),
    ),
    "photo_too_big": Words(
        N_("The photo is %(megabytes)s MB; the limit is %(limit_megabytes)s MB."),
        N_("Bigger files take too long to send and to open."),
        N_("Choose a smaller size when your phone asks, or take the photo again with a lower resolution."),
    ),
    "bigger_than_limit": Words(
        N_("The file is bigger than %(limit_megabytes)s MB."),
        N_("Bigger files take too long to send and to open."),
        N_("Send fewer pages at a time, or a smaller photo."),
    ),
    "interrupted": Words(
        N_("The file did not arrive whole."),
        N_("The connection broke before the end."),
        N_("Nothing was saved. Please send the file again."),
    ),
    "kind_not_accepted": Words(
        N_("This kind of file cannot be used here."),
        N_("We can read PDF, JPG, PNG and HEIC files only."),
        _TAKE_PHOTO,
    ),
    "not_what_the_name_says": Words(
        N_("This is not a %(claimed)s file, although its name says so."),
        N_("What a file is must be certain before anybody opens it."),
        N_("Check that you chose the right file. If you did, save it again as PDF or JPG and send that."),
    ),
    "other_kind_than_the_name_says": Words(
        N_("The name says %(claimed)s, but the file is %(found)s."),
        N_("What a file is must be certain before anybody opens it."),
        N_("Give the file the ending %(right_suffix)s, or save it again as %(claimed)s, and send it."),
    ),
    "heic_is_off": Words(
        N_("HEIC photos cannot be used here."),
        N_("This office does not read the HEIC format."),
        N_("On an iPhone choose Settings, Camera, Formats, Most Compatible, and take the photo again."),
    ),
    "needs_password": Words(
        N_("This PDF is protected with a password."),
        N_("Nobody here could open it, and we must never ask for your passwords."),
        N_("Open it with the password, choose Print, then Save as PDF, and send the new file."),
    ),
    "too_many_pages": Words(
        N_("This PDF has more than %(limit)s pages."),
        N_("A document for one requirement is much shorter."),
        N_("Save only the pages that are needed as a new PDF and send that."),
    ),
    "too_many_pixels": Words(
        N_("This picture is %(width)s by %(height)s pixels, %(megapixels)s million in all."),
        N_("The limit is %(limit_megapixels)s million, more than any phone makes."),
        N_("Save the picture in a smaller size, or take a photo of the paper."),
    ),
    "overloads": Words(
        N_("This picture is built in a way that would overload a computer."),
        N_("Ordinary cameras and scanners never write such files."),
        _TAKE_PHOTO,
    ),
    "store_is_full": Words(
        N_("The file could not be saved."),
        N_("Our store has no room just now. The people who run it have been told."),
        _TRY_AGAIN,
    ),
    "inspection_unavailable": Words(
        N_("The file could not be checked."),
        N_("Something is wrong on our side."),
        _TRY_AGAIN,
    ),
    "busy": Words(
        N_("The file could not be checked just now."),
        N_("Many people are sending files at this moment."),
        _TRY_AGAIN,
    ),
    "document_has_too_many_files": Words(
        N_("This document has %(files)s files already; the limit is %(limit)s."),
        N_("More files cannot be looked through."),
        N_("Remove a file you do not need, or put several pages into one PDF."),
    ),
    "document_is_too_big": Words(
        N_("Together the files of this document would be %(megabytes)s MB; the limit is %(limit_megabytes)s MB."),
        N_("More cannot be kept for one document."),
        N_("Remove a file you do not need, or send smaller photos."),
    ),
    "application_has_too_many_files": Words(
        N_("Your application holds %(files)s files already; the limit is %(limit)s."),
        N_("More files cannot be looked through."),
        N_("Remove files you do not need, or put several pages into one PDF."),
    ),
    "application_is_too_big": Words(
        N_("Together your files would be %(megabytes)s MB; the limit is %(limit_megabytes)s MB."),
        N_("More cannot be kept for one application."),
        N_("Remove files you do not need, or send smaller photos."),
    ),
}

NO_PREVIEW: dict[str, Words] = {
    "damaged": Words(
        N_("We have your file, but it seems damaged: we could not make a picture of it."),
        N_("If we cannot open it, we will have to ask you for it again."),
        N_("Check that it opens on your device. If it does not, send another copy."),
    ),
    "too_heavy": Words(
        N_("We have your file, but it was too heavy to make a picture of."),
        N_("It will be opened by hand, which may take longer."),
        N_("You need do nothing. A plain scan or photo would be quicker to read."),
    ),
    "header_not_first": Words(
        N_("We have your file, but it does not begin like a PDF, so we made no picture of it."),
        N_("It will be opened by hand, which may take longer."),
        _SAVE_AGAIN,
    ),
    "dynamic_form": Words(
        N_("We have your file, but it is a fillable form that only one program can show."),
        N_("We may see an empty page where you see your answers."),
        N_("Open it where you filled it in, choose Print, then Save as PDF, and send the new file."),
    ),
}

# What a caseworker is told about a file that was accepted. Not a judgement: pictures are safe to look at.
FLAGS: dict[str, str] = {
    "active_content": N_("The original contains actions or scripts. Look at the page pictures instead."),
    "embedded_file": N_("The original carries other files inside."),
    "media": N_("The original contains sound, video or 3D."),
    "form": N_("The original is a fillable form of a special kind (XFA)."),
    "archive_inside": N_("The original is a PDF and an archive at once."),
    "document_inside": N_("The picture carries a document inside."),
    "cut_off": N_("The end of the file is missing."),
    "restricted": N_("The PDF opens without a password, but its owner restricted printing or copying."),
    "several_pictures": N_("The file holds several pictures; the first one is shown."),
    "not_fully_examined": N_("The original was too large or too odd to be examined whole."),
    "renamed": N_("The name ended in the suffix of another kind of picture; it was put right."),
    "type_by_parser": N_("The type was told by two signs only."),
}


def words_for(code: str, values: Mapping[str, Any], translate: Callable[[str], str] = N_) -> Words:
    """The words of a refusal or a missing preview, filled in.

    translate: gettext of the reader's language. Raises KeyError for a code without words.
    """
    words = REFUSALS.get(code) or NO_PREVIEW[code]
    shown = {**values, **_sizes_in_megabytes(values)}
    return Words(*(translate(text) % shown for text in (words.seen, words.why, words.cure)))


def _sizes_in_megabytes(values: Mapping[str, Any]) -> dict[str, str]:
    pairs = (("bytes", "megabytes"), ("limit_bytes", "limit_megabytes"))
    return {shown: megabytes(values[kept]) for kept, shown in pairs if kept in values}


def megabytes(count: int) -> str:
    """Bytes as megabytes for reading, rounded up to a tenth: a file over the limit never looks equal to it."""
    tenths = -(-count * 10 // BYTES_PER_MB)
    return f"{tenths / 10:.1f}".removesuffix(".0")
