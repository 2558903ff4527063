"""The session ends while somebody types: nothing is taken without her, and nothing that she typed is lost."""

from tests.support.amira import ABOUT

AWAY = {"minutes": 61}


def test_answers_typed_before_the_session_ended_are_sent_after_coming_back(people):
    amira, _clara, _dora = people
    amira.starts()
    amira.goes_to("/file")
    amira.follows("^About ")
    amira.fills({**ABOUT, "birth_place": "Toledo, Spain"})
    amira.house.wait(**AWAY)

    amira.presses("Save")
    assert "You were away for a while" in amira.reads
    again = amira.opens_a_tab()
    again.comes_back(amira.reference)
    amira.presses("Send it again")

    assert "You were away" not in amira.reads
    assert amira.kept("birth_place") == "Toledo, Spain"


def test_a_note_typed_before_the_session_ended_is_kept_after_signing_in(people):
    amira, clara, _dora = people
    amira.has_sent(accepted=False)
    clara.finds_in_worklist(amira.reference)
    clara.follows("Passport")
    clara.unfolds("[name=reasons]")
    clara.ticks("[name=reasons][value=unreadable]")
    clara.house.wait(**AWAY)

    clara.presses("^Refuse")
    assert "You were away for a while" in clara.reads
    again = clara.opens_a_tab()
    again.comes_to_work()
    clara.presses("Send it again")

    clara.opens(amira.reference)
    assert "too blurred or too dark" in clara.page.content()
