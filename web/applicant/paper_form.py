"""The one form of a paper: which kind it is, what stands on it, and the files; read as far as it can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from actions.documents.send_paper import Offered
from checklists.worked_out import Demand
from web.applicant import asking
from web.applicant.asking import Ask
from web.applicant.paper_kinds import Kind, facts_of, kinds_of, numbers_of
from web.applicant.questions import asks_for_facts
from web.file_read import FileRead
from web.forms import BaseForm

CHOICE, SHOWN, SHOWN_CHOICE, FILES = "choice", "shown", "shown_choice", "files"


@dataclass
class PaperForm:
    """of: by id of an ask or item of a part, the kinds it belongs to ("1 3"), "" for every one."""

    form: BaseForm
    asks: list[Ask]
    kinds: list[Kind]
    of: dict[str, str] = field(default_factory=dict)
    choice: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        return self.kinds[0] if len(self.kinds) == 1 else self.named(self.choice)

    @property
    def picked(self) -> str | None:
        """What she ticked; None where there is nothing to tick, or nothing was."""
        return self.choice if CHOICE in self.form else None

    def named(self, choice: str | None) -> Kind | None:
        return next((kind for kind in self.kinds if kind.id == choice), None)


def paper_form(read: FileRead, demand: Demand | None, *, fresh: bool = False) -> PaperForm:
    """fresh: filled with what is known, not with what was sent. demand: None for what staff asked for besides."""
    kinds = kinds_of(read, demand) if demand else []
    asks = asks_for_facts(read.definition, facts_of(kinds))
    of = {ask.id: numbers_of(kinds, (kind for kind in kinds if _asks(kind, ask.id))) for ask in asks}
    extra = {CHOICE: _choices(read, demand)} if len(kinds) > 1 else {}
    made = asking.form_for(asks, extra=extra, fresh=fresh)
    return PaperForm(made, asks, kinds, of, choice=demand.choice if demand else None)


def _asks(kind: Kind, fact: str) -> bool:
    return any(one.id == fact for one in kind.facts)


def _choices(read: FileRead, demand: Demand) -> RadioField:
    path = f"documents.{demand.document}.choices"
    words = [
        SelectChoice(each, read.definition.text(f"{path}.{each}.name", read.language), {"data-nth": number})
        for number, each in enumerate(demand.choices, start=1)
    ]
    return RadioField(_("What do you send?"), choices=words, validate_choice=False, default=demand.choice)


def read_sent(read: FileRead, demand: Demand | None, *, so_far: bool) -> PaperForm:
    """What was sent, with what is wrong beside its field; only what stood on the page is asked for.

    so_far: sent along while she is still typing (a script's upload): nothing is found wrong, nothing counts as empty.
    """
    sent = paper_form(read, demand)
    sent.form.validate_on_submit()
    if CHOICE in sent.form:
        sent.choice = sent.form[CHOICE].data if sent.named(sent.form[CHOICE].data) else None
        if sent.choice is None and SHOWN_CHOICE in request.form and not so_far:
            sent.form.say(CHOICE, _("Choose which one you send."))
    shown = set(request.form.getlist(SHOWN))
    mine = [ask for ask in sent.asks if ask.id in shown and sent.kind and _asks(sent.kind, ask.id)]
    values, refusals = asking.read_back(sent.form, mine)
    if so_far:
        values = {name: value for name, value in values.items() if value not in (asking.EMPTY, [], "")}
        _forget_faults(sent.form)
    else:
        _only_these(sent, mine)
        asking.show_refusals(sent.form, mine, refusals)
    sent.facts = values
    return sent


def _only_these(sent: PaperForm, mine: list[Ask]) -> None:
    """What was typed for another kind is nobody's fault."""
    names = {name for ask in mine for name in ask.names}
    for each in sent.form:
        if each.name.startswith(asking.PREFIX) and each.name not in names:
            each.errors = []


def _forget_faults(form: BaseForm) -> None:
    for each in form:
        each.errors = []


def offered() -> list[Offered]:
    """The files that came: "files" for an undivided paper, "files:<item>" for a part."""
    found = []
    for name, each in request.files.items(multi=True):
        field_name, _colon, item = name.partition(":")
        if field_name == FILES and each.filename:
            found.append(Offered(each.stream, each.filename, item or None))
    return found
