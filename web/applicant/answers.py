"""Question pages, made from the checklist. A draft keeps the answers; later a change is shown before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from actions.applications.save_answers import change_answers, save_answers
from actions.errors import NotAllowed
from applications.models import Answer, Person
from checklists.worked_out import AskedQuestion, Demand, WorkedOut
from web.applicant import asking, saying
from web.applicant.asked_along import asked_along
from web.applicant.asking import Ask, AskAlong
from web.applicant.blueprint import bp
from web.applicant.onward import next_missing
from web.applicant.questions import asks_for
from web.applicant.rows import page_href
from web.file_read import FileRead, file_here, overlay, person_here
from web.forms import BaseForm, new_key, notice, sent_key
from web.guards import applicant
from web.words import all_words

Answers = dict[tuple[int | None, str], Any]
SHOWN = "shown"  # The questions that stood on the page; one that was not there was not left empty either.
ROUNDS = 4


@dataclass
class Page:
    """One question page. person: None for the file's own questions. saved: read after this request wrote."""

    read: FileRead
    id: str
    person: Person | None
    saved: bool = False

    @property
    def key(self) -> str | None:
        return str(self.person.id) if self.person else None

    @property
    def owner(self) -> int | None:
        return self.person.id if self.person else None

    @property
    def title(self) -> str:
        return saying.words_at(self.read.definition, f"pages.{self.id}.title", self.person)

    @property
    def seen(self) -> int:
        """The newest answer of the file that this page has read; shown again with a fault, it has read no more."""
        if "seen" in request.form and not self.saved:
            return request.form.get("seen", 0, type=int)
        return max((answer.id for answer in self.read.dossier.rows(Answer)), default=0)

    def asked(self, found: WorkedOut) -> list[AskedQuestion]:
        return [one for one in found.questions.get(self.key, ()) if one.page == self.id and one.asked_of == "applicant"]

    def asks(self) -> list[Ask]:
        return asks_for(self.read.definition, self.read.situation, self.asked(self.read.found), self.person)


def page_here(page_id: str, person_id: int) -> Page:
    """404 for a page the checklist does not have for this person, and for a person of another file."""
    read = file_here()
    person = person_here(read, person_id) if person_id else None
    spec = next((page for page in read.definition.pages if page.id == page_id), None)
    fits = spec is not None and (person.role in spec.per if person else spec.per_file)
    if not fits:
        abort(404)
    return Page(read, page_id, person)


@bp.get("/file/answers/<page_id>/<int:person_id>")
@applicant
def answers(page_id: str, person_id: int):
    page = page_here(page_id, person_id)
    asks = page.asks()
    return _shown(page, _form(page, asks), asks)


@bp.post("/file/answers/<page_id>/<int:person_id>")
@applicant
def answers_sent(page_id: str, person_id: int):
    page = page_here(page_id, person_id)
    if request.form.get("more"):
        asks = page.asks()
        return _shown(page, _form(page, asks), asks)
    read = _read(page)
    if read.form.errors:
        return _shown(page, read.form, read.asks), 422
    return _keep(page, read) if page.read.is_draft else _change(page, read)


@bp.post("/file/answers/<page_id>/<int:person_id>/so-far")
@applicant
def answers_so_far(page_id: str, person_id: int):
    """What could be read while she types; nothing is refused and nothing counts as left empty."""
    page = page_here(page_id, person_id)
    asks = page.asks()
    form = _form(page, asks)
    form.validate_on_submit()
    values, _refusals = asking.read_back(form, asks)
    given = {(page.owner, key): value for key, value in values.items() if value not in (asking.EMPTY, [], "")}
    if not page.read.is_draft or not given:
        return "", 200
    try:
        save_answers(g.application_id, given, **_pen(), actor=g.actor)
    except NotAllowed:
        return "", 200
    return _("Saved"), 200


def _pen() -> dict[str, Any]:
    """This page as it was loaded (a second tab is a second pen), and the newest answer that it had read; a page that
    does not say has read none."""
    return {"pen": f"page:{sent_key() or g.session_id}", "seen_answer": request.form.get("seen", 0, type=int)}


def _form(page: Page, asks: list[Ask], *, fresh: bool = False) -> BaseForm:
    return asking.form_for(asks, municipalities=page.read.definition.municipalities, fresh=fresh)


def _shown(page: Page, form: BaseForm, asks: list[Ask], *, more: bool = False, key: str | None = None):
    """key: a new one after something was saved, or the next press would be taken for the last one again."""
    return render_template(
        "applicant/answers.html",
        page=page,
        form=form,
        asks=asks,
        failed=bool(form.errors),
        key=key or form.key,
        more_because=more,
    )


@dataclass
class Read:
    """What was sent. unseen: questions that follow from these answers and that the page did not show yet."""

    form: BaseForm
    asks: list[Ask]
    given: Answers
    unseen: bool


def _read(page: Page) -> Read:
    """The questions are those asked with the answers just given: "never married" needs no wedding day."""
    asks = page.asks()
    form, given, refusals = _read_once(page, asks)
    for _round in range(ROUNDS):
        wanted = _asks_with(page, given)
        if [one.name for one in wanted] == [ask.name for ask in asks]:
            break
        asks = wanted
        form, given, refusals = _read_once(page, asks)
    shown = set(request.form.getlist(SHOWN))
    for ask, refused in refusals:
        if ask.shown_as in shown:
            asking.show_refusals(form, [ask], refused)
        else:
            given.pop((_owner(page, ask), ask.id), None)
    return Read(form, asks, given, any(ask.shown_as not in shown for ask in asks))


def _asks_with(page: Page, given: Answers) -> list[Ask]:
    """The page's questions with these answers; after sending, also what they ask elsewhere."""
    found = page.read.overlaid(given)
    own = asks_for(page.read.definition, overlay(page.read.situation, given), page.asked(found), page.person)
    return own if page.read.is_draft else own + asked_along(page.read, page.id, page.key, given, found)


def _read_once(page: Page, asks: list[Ask]) -> tuple[BaseForm, Answers, list[tuple[Ask, dict[str, Any]]]]:
    """The form, answers by owner and question, and each question with its refusals."""
    form = _form(page, asks)
    form.validate_on_submit()
    given: Answers = {}
    refusals = []
    for ask in asks:
        values, refused = asking.read_back(form, [ask])
        given.update({(_owner(page, ask), key): value for key, value in values.items()})
        refusals.append((ask, refused))
    return form, given, refusals


def _owner(page: Page, ask: Ask) -> int | None:
    return ask.owner if isinstance(ask, AskAlong) else page.owner


def _keep(page: Page, sent: Read):
    try:
        save_answers(g.application_id, sent.given, **_pen(), actor=g.actor, key=sent.form.key)
    except NotAllowed as no:
        return _refused(page, sent, no)
    now = Page(file_here(), page.id, page.person, saved=True)
    asks = now.asks()
    if any(one.state != "answered" for one in now.asked(now.read.found)):
        return _shown(now, _form(now, asks, fresh=True), asks, more=True, key=new_key())
    notice("good", _("Saved."))
    return redirect(next_missing(now.read, after=page_href(page.id, page.key)), 303)


def _refused(page: Page, sent: Read, no: NotAllowed):
    for words in all_words(no.refusals):
        sent.form.say("", words)
    return _shown(page, sent.form, sent.asks), 409


# --- after sending ------------------------------------------------------------------------------------------------


def _change(page: Page, sent: Read):
    """First what follows from it; the second press, with the same answers, makes it count."""
    if page.read.file.state != "open":
        abort(404)
    if sent.unseen:
        return _shown(page, sent.form, sent.asks, more=True)
    if request.form.get("confirmed") != "1":
        found = page.read.overlaid(sent.given)
        return render_template(
            "applicant/change.html",
            page=page,
            form=sent.form,
            fields=_fields_sent(),
            more=_names(page, found, page.read.found),
            less=_names(page, page.read.found, found),
            booked=page.read.dossier.live_appointment is not None,
        )
    try:
        change_answers(g.application_id, sent.given, confirmed=True, actor=g.actor, key=sent.form.key)
    except NotAllowed as no:
        return _refused(page, sent, no)
    notice("good", _("Your answers are changed."))
    return redirect(url_for("applicant.tasks"), 303)


def _fields_sent() -> list[tuple[str, str]]:
    """What was typed, to be sent once more with the confirmation."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name == SHOWN or name.startswith(asking.PREFIX)
    ]


def _names(page: Page, now: WorkedOut, before: WorkedOut) -> list[tuple[str, str | None]]:
    known = {(demand.person, demand.item) for demand in before.demands}
    fresh: list[Demand] = [demand for demand in now.demands if (demand.person, demand.item) not in known]
    return [(_with_person(page, demand), saying.because(page.read.definition, demand)) for demand in fresh]


def _with_person(page: Page, demand: Demand) -> str:
    name = saying.demand_name(page.read.definition, demand)
    person = page.read.people.get(demand.person) if demand.person and len(page.read.people) > 1 else None
    return f"{name} ({saying.person_name(page.read.definition, person)})" if person else name
