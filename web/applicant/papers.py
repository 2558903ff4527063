"""One document: which kind it is, what stands on it, its pages, and the two other ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from actions.documents.promise import promise_document, say_cannot_get
from actions.documents.send_paper import send_paper
from actions.errors import NotAllowed
from applications.models import Requirement
from applications.queries import SentPage
from checklists.worked_out import FAILS, Demand
from web.applicant import consultation, saying
from web.applicant.blueprint import bp
from web.applicant.onward import next_missing
from web.applicant.paper_form import FILES, PaperForm, offered, paper_form, read_sent
from web.applicant.paper_kinds import Kind, numbers_of
from web.file_read import IN, FileRead, file_here, requirement_here
from web.forms import BaseForm, notice, sent_key
from web.guards import applicant, own_path
from web.limits import takes_files, upload_limits
from web.words import all_words, upload_words

SHOWN_PAGE = "shown_page"  # The paper's own page; a form elsewhere sends files alone and asks for nothing more.
TOLD_MOST = 1000
LOCKED = frozenset({"sent", "recheck", "accepted", "waived"})


class CannotForm(BaseForm):
    told = TextAreaField(
        lazy_gettext("Why can you not get it?"),
        [
            DataRequired(lazy_gettext("Write a line or two, so that we can look for another way.")),
            Length(max=TOLD_MOST),
        ],
    )


@dataclass
class PaperPage:
    """demand: None for what a caseworker asked for beyond the checklist."""

    read: FileRead
    row: Requirement
    demand: Demand | None

    @property
    def rows(self) -> list[Requirement]:
        return self.read.rows_of(self.demand) if self.demand else [self.row]

    @property
    def title(self) -> str:
        return (
            saying.demand_name(self.read.definition, self.demand)
            if self.demand
            else str(self.row.terms.get("title", ""))
        )

    @property
    def person(self) -> str | None:
        person = self.read.people.get(str(self.row.person_id))
        return saying.person_name(self.read.definition, person) if person else None

    @property
    def why(self) -> str | None:
        return saying.because(self.read.definition, self.demand) if self.demand else self.row.told

    @property
    def help(self) -> str | None:
        return saying.document_help(self.read.definition, self.demand) if self.demand else None

    @property
    def drawing(self) -> str:
        return saying.drawing_of(self.demand.document) if self.demand else "paper"

    @property
    def locked(self) -> bool:
        return all(row.status in LOCKED for row in self.rows)

    @property
    def findings(self) -> list[str]:
        checks = self.demand.checks if self.demand else ()
        return [saying.finding(self.read.definition, self.demand, check) for check in checks if check.state == FAILS]

    @property
    def is_needed(self) -> bool:
        return self.demand is not None or self.row.origin != "rule"

    @property
    def may_describe(self) -> bool:
        return self.demand is not None and not any(row.status in LOCKED for row in self.rows)

    @property
    def least(self) -> int:
        """Pictures of each part: both sides of a card are two."""
        return self.demand.files.get("min", 1) if self.demand else 1

    @property
    def facts_missing(self) -> bool:
        return bool(self.demand and self.demand.missing_facts)


@dataclass(frozen=True, slots=True)
class Box:
    """One input for files. of, not_of: kinds for which it shows and hides, as the style sheet knows them."""

    name: str
    words: str | None
    of: str
    not_of: str


def page_here(requirement_id: int) -> PaperPage:
    """As the rules see it now: its kind may have been changed since, so that other parts are wanted."""
    read = file_here()
    row = requirement_here(read, requirement_id)
    demand = read.demand_of(row) or _same_document(read, row)
    rows = read.rows_of(demand) if demand else []
    return PaperPage(read, row if row in rows or not rows else rows[0], demand)


def _same_document(read: FileRead, row: Requirement) -> Demand | None:
    key = None if row.person_id is None else str(row.person_id)
    mine = (key, row.terms.get("document"), row.terms.get("attachment"))
    return next((d for d in read.found.demands if (d.person, d.document, d.attachment) == mine), None)


@bp.get("/file/papers/<int:requirement_id>")
@applicant
def paper(requirement_id: int):
    page = page_here(requirement_id)
    return shown(page) if page.is_needed else _not_needed()


def _not_needed():
    notice("info", _("This document is not needed any more."))
    return redirect(url_for("applicant.tasks"), 303)


def shown(page: PaperPage, sent: PaperForm | None = None, faults: list[str] | None = None, *, more: bool = False):
    """more: facts that what was said has opened. faults: what was wrong with each file, in words."""
    about = sent or paper_form(page.read, page.demand, fresh=True)
    pages = page.read.pages([row.id for row in page.rows])
    return render_template(
        "applicant/paper.html",
        page=page,
        about=about,
        form=about.form,
        faults=faults or [],
        faults_linked=[(text, "#send") for text in faults or ()],
        more=more,
        parts=[_part(page, row, pages) for row in page.rows],
        boxes=_boxes(page, about),
        failed=bool(faults or about.form.errors),
        back=back_here(),
    )


def _part(page: PaperPage, row: Requirement, pages: list[SentPage]) -> dict[str, Any]:
    own = [each for each in pages if each.requirement_id == row.id]
    return {
        "row": row,
        "name": saying.part_name(page.read.definition, page.demand, row.item_id) if page.demand else None,
        "gathering": [each for each in own if each.status == "gathering"],
        "sent": [each for each in own if each.status == "sent"],
        "locked": row.status in LOCKED,
        "least": page.least,
    }


def _boxes(page: PaperPage, about: PaperForm) -> list[Box]:
    """Where files go in. A paper of one piece has one; the parts of a kind have theirs while it is ticked."""
    locked = {row.item_id for row in page.rows if row.status in LOCKED}
    if page.demand is None or page.demand.attachment:
        return [Box(FILES, None, "", "")]
    wanted: dict[tuple[str, str | None], list[Kind]] = {}
    for kind in about.kinds:
        for part in () if kind.comes else kind.parts:
            wanted.setdefault(part, []).append(kind)
    whole, boxes = (page.demand.item, None), []
    for (item, path), kinds in wanted.items():
        if item in locked:
            continue
        name = page.read.definition.text(path, page.read.language) if path else None
        if (item, path) == whole:
            others = [kind for kind in about.kinds if kind not in kinds]
            boxes.append(Box(FILES, name, "", numbers_of(about.kinds, others) if others else ""))
        else:
            boxes.append(Box(f"{FILES}:{item}", name, numbers_of(about.kinds, kinds), ""))
    return boxes


def back_here() -> str:
    return own_path(request.values.get("next"), url_for("applicant.tasks"))


# --- sent ---------------------------------------------------------------------------------------------------------


@bp.post("/file/papers/<int:requirement_id>")
@applicant
@takes_files(many=True)
def paper_sent(requirement_id: int):
    """Which kind, what stands on it, and the files: what is right is kept, whatever else is wrong with the rest.

    With a script each file comes in a request of its own as soon as it is chosen, with what is typed so far.
    """
    page, files = page_here(requirement_id), offered()
    if not page.is_needed:
        return _not_needed()
    by_script = "X-Upload" in request.headers
    sent = read_sent(page.read, page.demand, so_far=by_script)
    try:
        said = {"choice": sent.picked, "facts": sent.facts} if page.may_describe else {}
        done = send_paper(g.application_id, requirement_id, **said, files=files, limits=upload_limits(), actor=g.actor,
                          key=sent_key())  # fmt: skip
    except NotAllowed as no:
        for words in all_words(no.refusals):
            sent.form.say("", words)
        return shown(page, sent), 409
    faults = [f"{name}: " + " ".join(upload_words(refused)) for name, refused in done.refused]
    if done.again and not done.taken:
        notice("info", _("We had this file already. It is kept once."))
    if by_script:
        return _to_script(requirement_id, sent, faults)
    return _onward(requirement_id, sent, faults, fresh_pages=done.taken)


def _to_script(requirement_id: int, sent: PaperForm, faults: list[str]):
    """The page afresh: the script takes from it the part it replaces."""
    if request.form.get("next") == url_for("applicant.consultation") and not faults:
        return consultation.shown(file_here())
    return shown(page_here(requirement_id), sent, faults), 422 if faults else 200


def _onward(requirement_id: int, sent: PaperForm, faults: list[str], *, fresh_pages: int):
    """To the next thing that is missing; or this page again, while something of it still is."""
    page = page_here(requirement_id)
    here = url_for("applicant.paper", requirement_id=page.row.id)
    from_elsewhere = SHOWN_PAGE not in request.form
    if not faults and not from_elsewhere:
        faults = _pages_missing(page)
    if faults or sent.form.errors:
        return shown(page, sent, faults), 422
    if page.facts_missing and not from_elsewhere:
        return shown(page, more=True)
    if request.form.get("stay") or (fresh_pages and _one_side_only(page)):
        return redirect(here + "#pages", 303)
    notice("good", _("Saved."))
    back = back_here()
    return redirect(next_missing(page.read, after=here) if back == url_for("applicant.tasks") else back, 303)


def _pages_missing(page: PaperPage) -> list[str]:
    if page.demand is None:
        return [] if page.row.gathered or page.row.status in IN else [_("Choose a file first.")]
    if page.demand.attends or page.demand.optional:
        return []
    lacking = [row for row in page.rows if not row.gathered and row.status not in IN]
    names = [saying.part_name(page.read.definition, page.demand, row.item_id) for row in lacking]
    return [_("Choose a file for: %(name)s", name=name) if name else _("Choose a file first.") for name in names]


def _one_side_only(page: PaperPage) -> bool:
    """A card has two sides, and only one picture came. Said once: pressing again without another goes on."""
    if page.least < 2:
        return False
    pages = page.read.pages([row.id for row in page.rows if row.gathered])
    return 0 < len(pages) < page.least and not any(each.name.lower().endswith(".pdf") for each in pages)


# --- the other ways out -------------------------------------------------------------------------------------------


@bp.post("/file/papers/<int:requirement_id>/bring")
@applicant
def paper_bring(requirement_id: int):
    requirement_here(file_here(), requirement_id)
    promise_document(g.application_id, requirement_id, actor=g.actor, key=sent_key())
    notice("good", _("Noted. Bring it to the meeting: we cannot give the number without it."))
    return redirect(_next_after(requirement_id), 303)


@bp.route("/file/papers/<int:requirement_id>/cannot", methods=["GET", "POST"])
@applicant
def paper_cannot(requirement_id: int):
    page = page_here(requirement_id)
    form = CannotForm()
    if not form.was_sent():
        return render_template(
            "applicant/cannot.html", page=page, form=form, back=back_here(), failed=bool(form.errors)
        ), form.status
    say_cannot_get(g.application_id, requirement_id, told=form.told.data, actor=g.actor, key=form.key)
    notice("good", _("Thank you. We read it and look for another way."))
    return redirect(_next_after(requirement_id), 303)


def _next_after(requirement_id: int) -> str:
    back, here = back_here(), url_for("applicant.paper", requirement_id=requirement_id)
    return next_missing(file_here(), after=here) if back in (url_for("applicant.tasks"), here) else back
