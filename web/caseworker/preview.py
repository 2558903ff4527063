"""The consultation page as the applicant will see it, in her language, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup

import i18n
from applications.file_page import Sheet
from consultations.models import ConsultationItem
from web.caseworker.reading import StaffRead
from web.paper_words import AskedWords, asked_words, row_name


@dataclass(frozen=True)
class Previewed:
    """One thing she will be asked for; the same names as on her own page (templates/macros/consultation.html)."""

    id: int
    words: AskedWords
    note: str | None
    old: list[Sheet]
    picture: str | None
    may_answer: list[str]
    ready: bool = False  # what lies ready with her, unsent, is nobody else's to know

    @property
    def other_ways(self) -> bool:
        return any(way != "file" for way in self.may_answer)


def phone(read: StaffRead, noted: dict[int, str], due: date | None) -> Markup:
    """noted: drafted items that will be asked, each with words of the caseworker's own; what is asked already stands
    on the page too. due: None as long as no day can be read.
    """
    lang = read.file.language
    asked = [item for item in read.owed.items if item.status == "asked" or item.id in noted]
    items = sorted(asked, key=lambda item: item.id)
    with force_locale(i18n.locale_of(lang)):
        drawn = render_template(
            "caseworker/_phone.html", asked=[_previewed(read, item, noted, lang) for item in items], lang=lang,
            dir=i18n.direction(lang), due=i18n.day_words(due, lang) if due else "…", safe=_safe(read, lang),
            reference=read.file.reference,
            may_have_more_time=not (read.owed.consultation and read.owed.consultation.more_time_used_at),
        )
    return Markup(drawn)  # noqa: S704 - a template of ours escaped it already


def _previewed(read: StaffRead, item: ConsultationItem, noted: dict[int, str], lang: str) -> Previewed:
    row = next(row for row in read.owed.requirements if row.id == item.requirement_id)
    sent = [sheet for sheet in read.sheets if sheet.requirement_id == row.id and sheet.status == "sent"]
    first = next((sheet for sheet in sent[:1] if sheet.page == 1), None)
    picture = first and url_for("caseworker.picture", reference=read.file.reference, upload_id=first.upload_id, page=1,
                                small=1)
    note = noted[item.id] if item.id in noted else (item.text or {}).get("note")
    words = asked_words(read.definition, row, read.demand_of(row), item.reason_codes, read.people, lang)
    one_each = list({sheet.upload_id: sheet for sheet in sent}.values())
    return Previewed(item.id, words, note or None, one_each, picture, item.may_answer)


def _safe(read: StaffRead, lang: str) -> list[str]:
    return [row_name(read.definition, row, read.demand_of(row), lang) for row in read.requirements
            if row.kind == "document" and row.status in ("accepted", "waived")]
