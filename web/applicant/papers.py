"""One document: which kind it is, what stands on it, its pages, and the two other ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from actions.documents.describe_paper import describe_paper
from actions.documents.promise import promise_document, say_cannot_get
from actions.errors import NotAllowed
from applications.models import Requirement
from applications.queries import SentPage
from checklists.worked_out import FAILS, Demand
from web.applicant import asking, saying
from web.applicant.blueprint import bp
from web.applicant.questions import asks_for_facts
from web.applicant.reading import FileRead, file_here, requirement_here
from web.forms import BaseForm, notice, sent_key
from web.ground import settings
from web.guards import applicant, own_path
from web.words import all_words

CHOICE = "choice"
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
    def must_choose(self) -> bool:
        """First which kind it is: it decides what is asked and how many pages come."""
        return bool(self.demand and len(self.demand.choices) > 1 and self.demand.choice is None)

    @property
    def facts_missing(self) -> bool:
        return bool(self.demand and self.demand.missing_facts)


def page_here(requirement_id: int) -> PaperPage:
    read = file_here()
    row = requirement_here(read, requirement_id)
    return PaperPage(read, row, read.demand_of(row))


@bp.get("/file/papers/<int:requirement_id>")
@applicant
def paper(requirement_id: int):
    page = page_here(requirement_id)
    if page.demand is None and page.row.origin == "rule":
        return _moved(page)
    return shown(page)


def _moved(page: PaperPage):
    """Its kind was changed, so that other parts are wanted now; or it is not needed any more."""
    key = None if page.row.person_id is None else str(page.row.person_id)
    document = page.row.terms.get("document")
    same = next(
        (
            each
            for each in page.read.found.demands
            if (each.person, each.document, each.attachment) == (key, document, page.row.terms.get("attachment"))
        ),
        None,
    )
    rows = page.read.rows_of(same) if same else []
    if rows:
        return redirect(url_for("applicant.paper", requirement_id=rows[0].id), 303)
    notice("info", _("This document is not needed any more."))
    return redirect(url_for("applicant.tasks"), 303)


def shown(
    page: PaperPage, about: tuple[BaseForm, list[asking.Ask]] | None = None, faults: dict[int, list[str]] | None = None
):
    form, asks = about or _about_form(page, fresh=True)
    pages = page.read.pages([row.id for row in page.rows])
    return render_template(
        "applicant/paper.html",
        page=page,
        about=form,
        asks=asks,
        faults=faults or {},
        parts=[_part(page, row, pages) for row in page.rows],
        failed=bool(faults or form.errors),
        back=back_here(),
    )


def _part(page: PaperPage, row: Requirement, pages: list[SentPage]) -> dict[str, Any]:
    own = [each for each in pages if each.requirement_id == row.id]
    name = saying.part_name(page.read.definition, page.demand, row.item_id) if page.demand else None
    least = page.demand.files.get("min", 1) if page.demand else 1
    return {
        "row": row,
        "name": name,
        "gathering": [each for each in own if each.status == "gathering"],
        "sent": [each for each in own if each.status == "sent"],
        "locked": row.status in LOCKED,
        "least": least,
        "most": settings().document_max_files,
    }


def back_here() -> str:
    return own_path(request.values.get("next"), url_for("applicant.tasks"))


# --- what kind, what stands on it ---------------------------------------------------------------------------------


def _asks(page: PaperPage) -> list[asking.Ask]:
    return asks_for_facts(page.read.definition, page.demand.facts) if page.demand and not page.must_choose else []


def _about_form(page: PaperPage, *, fresh: bool = False) -> tuple[BaseForm, list[asking.Ask]]:
    asks = _asks(page)
    extra: dict[str, Any] = {}
    if page.demand and len(page.demand.choices) > 1:
        words = [
            SelectChoice(
                each,
                page.read.definition.text(f"documents.{page.demand.document}.choices.{each}.name", page.read.language),
            )
            for each in page.demand.choices
        ]
        extra[CHOICE] = RadioField(
            _("What do you send?"), choices=words, validate_choice=False, default=page.demand.choice
        )
    return asking.form_for(asks, extra=extra, fresh=fresh), asks


@bp.post("/file/papers/<int:requirement_id>/about")
@applicant
def paper_about(requirement_id: int):
    page = page_here(requirement_id)
    if page.demand is None:
        return redirect(url_for("applicant.paper", requirement_id=requirement_id), 303)
    form, asks = _about_form(page)
    form.validate_on_submit()
    picked = form[CHOICE].data if CHOICE in form else page.demand.choice
    if CHOICE in form and picked not in page.demand.choices:
        form.say(CHOICE, _("Choose which one you send."))
    switched = picked != page.demand.choice
    values, refusals = ({}, {}) if switched else asking.read_back(form, asks)
    asking.show_refusals(form, asks, refusals)
    if form.errors and not (switched and picked in page.demand.choices):
        return shown(page, (form, asks)), 422
    try:
        describe_paper(
            g.application_id,
            page.row.person_id,
            page.demand.document,
            choice=picked,
            facts=values,
            actor=g.actor,
            key=form.key,
        )
    except NotAllowed as no:
        for words in all_words(no.refusals):
            form.say("", words)
        return shown(page, (form, asks)), 409
    if request.form.get("done") and not switched:
        return redirect(back_here(), 303)
    return redirect(
        url_for("applicant.paper", requirement_id=requirement_id, next=request.form.get("next") or None), 303
    )


# --- the other ways out -------------------------------------------------------------------------------------------


@bp.post("/file/papers/<int:requirement_id>/bring")
@applicant
def paper_bring(requirement_id: int):
    requirement_here(file_here(), requirement_id)
    promise_document(g.application_id, requirement_id, actor=g.actor, key=sent_key())
    notice("good", _("Noted. Bring it to the meeting: we cannot give the number without it."))
    return redirect(back_here(), 303)


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
    return redirect(back_here(), 303)
