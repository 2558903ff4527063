"""No stage, duty or event that workflows.yaml names is shown as its code, to anybody, in any language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

import i18n
from app import create_app
from applications import definition
from tests.support import world
from web.applicant import tracking
from web.caseworker import words as back_office
from web.frontdesk import saying as desk

FLOW = definition.load()
STAGES = sorted(FLOW.stages)
# A draft's page is the list of what is left to do; it has words of its own and no line of steps.
FOLLOWED = [stage for stage in STAGES if stage != "draft"]
AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def within(tmp_path_factory, locales):
    """within(language): as a request of somebody who reads it. Nothing here asks the database."""
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "LOCALES", locales)
        app = create_app(world.settings_for(f"sqlite:///{folder / 'never-opened.db'}", folder))
    app.extensions["klarsag_languages"] = ("en", "ar")
    return lambda language: app.test_request_context(headers={"Accept-Language": language})


def file_at(stage: str, language: str):
    """What the tracking page reads of a file, as plain data."""
    meeting = SimpleNamespace(starts_at=AT, zone="Europe/Copenhagen")
    dossier = SimpleNamespace(live_appointment=meeting, zone="Europe/Copenhagen", rows=lambda _kind: [],
                              consultation=SimpleNamespace(due_on=date(2026, 12, 4)))
    file = SimpleNamespace(stage=stage, act_by_at=AT, submitted_at=AT)
    return SimpleNamespace(file=file, dossier=dossier, language=language, due_on=lambda _kind: date(2026, 12, 4))


def in_both(within, say) -> tuple[str, str]:
    said = []
    for language in ("en", "ar"):
        with within(language):
            said.append(str(say(language)))
    return tuple(said)


@pytest.mark.parametrize("stage", FOLLOWED)
def test_the_applicant_is_told_where_her_file_is(within, stage):
    english, arabic = in_both(within, lambda language: tracking.ball_of(file_at(stage, language)).say)
    assert english
    assert stage not in english
    assert is_arabic(arabic)


@pytest.mark.parametrize("stage", FOLLOWED)
def test_the_applicant_sees_the_way_of_her_file(within, stage):
    english, arabic = in_both(
        within, lambda language: "|".join(step["title"] for step in tracking.steps(file_at(stage, language))))
    assert english.startswith("You sent your file|")
    assert all(is_arabic(title) for title in arabic.split("|"))


@pytest.mark.parametrize("stage", STAGES)
def test_staff_read_each_stage_in_words(within, stage):
    for table in (back_office.STAGES, desk.STAGES):
        english, arabic = in_both(within, lambda _language, table=table: spoken(table[stage]))
        assert english
        assert "_" not in english
        assert is_arabic(arabic)


def test_staff_read_each_worklist_and_each_duty_in_words():
    assert set(FLOW.queues) - {"none"} == set(back_office.QUEUES)
    assert set(FLOW.office_todo) == set(back_office.TODO)


def test_each_event_is_told_in_words_in_the_history():
    assert set(FLOW.events) - set(back_office.EVENTS) == set()


def spoken(text) -> str:
    """A text marked for later (N_) is translated when it is shown; one that translates itself is not touched."""
    return back_office.gettext(text) if isinstance(text, str) else str(text)


def is_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text) and not any("a" <= one <= "z" for one in text)
