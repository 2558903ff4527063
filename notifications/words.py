"""What each mail says: the one thing in the subject, what to do in the first line. No data of the case.

Each function takes `_` (gettext in the reader's language) and what the mail may know; tests/notifications compares
the kinds with workflows.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Known:
    """What a mail may tell. Days and times are said in the reader's language already; empty = not known."""

    base_url: str
    reference: str = ""
    due_day: str = ""
    moment: str = ""
    place: str = ""
    count: int = 0
    code: str = ""
    link: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """button: its text and address. deadline: a sentence, or empty. lines: a list, only for who asked for this mail."""

    subject: str
    said: str
    button: tuple[str, str] | None = None
    deadline: str = ""
    more: str = ""
    lines: tuple[str, ...] = ()


KINDS: dict[str, Callable[[Translate, Known], Words]] = {}


def _kind(function: Callable[[Translate, Known], Words]) -> Callable[[Translate, Known], Words]:
    KINDS[function.__name__] = function
    return function


def _see(_: Translate, known: Known) -> tuple[str, str]:
    return _("See your file"), known.base_url + "/file"


def _book(_: Translate, known: Known) -> tuple[str, str]:
    return _("Book a time"), known.base_url + "/file/booking"


@_kind
def way_in(_: Translate, known: Known) -> Words:
    return Words(
        _("Your code: %(code)s") % {"code": known.code},
        _("Type this code in the browser in which you asked for it: %(code)s") % {"code": known.code},
        (_("Open the page with the button"), known.link),
        _("The code works once and for 30 minutes."),
        _("If you did not ask for it, you need to do nothing."),
    )


@_kind
def missing_list(_: Translate, known: Known) -> Words:
    return Words(_("What your file still needs"), _("This is still missing. Photos from a phone are fine."),
                 (_("Go on"), known.base_url + "/file"), lines=known.lines)


@_kind
def application_received(_: Translate, known: Known) -> Words:
    return Words(_("We have your file"), _("You need to do nothing now. We look at your papers and write to you."),
                 _see(_, known))


@_kind
def consultation_opened(_: Translate, known: Known) -> Words:
    return Words(_("We need something more from you"), _("Please open your file and answer what we ask for."),
                 (_("See what we need"), known.base_url + "/file/questions"), _until(_, known))


def _until(_: Translate, known: Known) -> str:
    return _("Please answer by %(day)s.") % {"day": known.due_day} if known.due_day else ""


@_kind
def request_withdrawn(_: Translate, known: Known) -> Words:
    return Words(_("We no longer need what we asked for"), _("We took back something that we had asked you for."),
                 _see(_, known))


@_kind
def deadline_extended(_: Translate, known: Known) -> Words:
    return Words(_("You have more time"), _("You have more time to answer."),
                 (_("See what we need"), known.base_url + "/file/questions"), _until(_, known))


@_kind
def answers_received(_: Translate, known: Known) -> Words:
    return Words(_("We have your answer"), _("You need to do nothing now. We look at what you sent."), _see(_, known))


@_kind
def answers_changed(_: Translate, known: Known) -> Words:
    return Words(_("Your answers were changed"), _("Open your file to see whether we now need something more."),
                 _see(_, known))


@_kind
def file_complete(_: Translate, known: Known) -> Words:
    return Words(_("Your file is complete: book a time"), _("Everything is in. Choose a time for your visit."),
                 _book(_, known))


@_kind
def appointment_booked(_: Translate, known: Known) -> Words:
    return Words(_("Your time: %(moment)s") % {"moment": known.moment},
                 _("You have a time at our office: %(moment)s, %(place)s.")
                 % {"moment": known.moment, "place": known.place},
                 (_("See what to bring"), known.base_url + "/file"))


@_kind
def appointment_moved(_: Translate, known: Known) -> Words:
    return Words(_("Your new time: %(moment)s") % {"moment": known.moment},
                 _("Your time was moved to %(moment)s, %(place)s.") % {"moment": known.moment, "place": known.place},
                 (_("See what to bring"), known.base_url + "/file"))


@_kind
def appointment_cancelled(_: Translate, known: Known) -> Words:
    return Words(_("Your time was cancelled"), _("The time you had booked is free again. You can book another one."),
                 _book(_, known))


@_kind
def office_closed_day(_: Translate, known: Known) -> Words:
    return Words(_("We had to cancel your time"),
                 _("The office is closed on that day. We are sorry. Please choose another time."), _book(_, known))


@_kind
def missed_you(_: Translate, known: Known) -> Words:
    return Words(_("We missed you"), _("You had a time with us and did not come. You can book another one."),
                 _book(_, known))


@_kind
def time_given_back(_: Translate, known: Known) -> Words:
    return Words(_("Your time was given back"),
                 _("We still need something from you, so the time could not be kept. Nothing you sent is lost."),
                 (_("See what we need"), known.base_url + "/file/questions"))


@_kind
def application_withdrawn(_: Translate, known: Known) -> Words:  # noqa: ARG001 - all have one shape
    return Words(_("Your file is closed"), _("Your file was withdrawn as you wished. You need to do nothing."))


@_kind
def application_lapsed(_: Translate, known: Known) -> Words:
    return Words(_("Your file has lapsed"),
                 _("We did not hear from you in time. You can still answer, then your file goes on."), _see(_, known))


@_kind
def decision_made(_: Translate, known: Known) -> Words:
    return Words(_("There is a decision in your file"), _("Open your file to read it."), _see(_, known))


@_kind
def meeting_summary(_: Translate, known: Known) -> Words:
    return Words(_("After your visit"), _("Open your file to see what came of your visit."), _see(_, known))


@_kind
def meeting_broken_off(_: Translate, known: Known) -> Words:
    return Words(_("Your visit was broken off"), _("We are sorry. You can choose another time."), _book(_, known))


@_kind
def letter_sent(_: Translate, known: Known) -> Words:
    return Words(_("We could not reach you by mail"), _("Please open your file and see what we need."),
                 _see(_, known), _until(_, known))


@_kind
def contact_changed_to_old_and_new(_: Translate, known: Known) -> Words:  # noqa: ARG001 - all have one shape
    return Words(_("The address of your file was changed"),
                 _("Our staff changed where we write to you, after they saw your identity. "
                   "If this was not you, please call us at once."))


# --- reminders: kind = remind_<deadline> -------------------------------------------------------------------------


@_kind
def remind_draft_idle(_: Translate, known: Known) -> Words:
    return Words(_("Your file is not sent yet"), _("We keep what you filled in. Go on whenever you like."),
                 (_("Go on"), known.base_url + "/file"),
                 _("We keep it until %(day)s.") % {"day": known.due_day} if known.due_day else "")


@_kind
def remind_consultation_reply(_: Translate, known: Known) -> Words:
    return Words(_("We are still waiting for your answer"), _("Please answer what we asked you for."),
                 (_("See what we need"), known.base_url + "/file/questions"), _until(_, known))


@_kind
def remind_booking_reply(_: Translate, known: Known) -> Words:
    return Words(_("Your file is complete: book a time"), _("Everything is in. Choose a time for your visit."),
                 _book(_, known), _("You can book until %(day)s.") % {"day": known.due_day} if known.due_day else "")


@_kind
def remind_appointment_reminder(_: Translate, known: Known) -> Words:
    return Words(_("Your visit: %(moment)s") % {"moment": known.moment},
                 _("We expect you on %(moment)s, %(place)s.") % {"moment": known.moment, "place": known.place},
                 (_("See what to bring"), known.base_url + "/file"))
