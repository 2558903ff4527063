"""From the door to the number, by the pages of the desk alone."""

import re

import pytest
from sqlalchemy import select

from applications.models import Application, Decision, Person, Requirement
from appointments.models import Appointment
from extensions import db, services
from tests.support import world as w
from visits.models import Meeting, Visit


def brief(house):
    return f"/desk/files/{house.reference}"


def arrived(dora, house):
    return dora.send(f"{brief(house)}/arrive", form=brief(house))


def in_meeting(dora, house):
    arrived(dora, house)
    return dora.send(f"{brief(house)}/start", form=brief(house))


def ticked(house, **more):
    """The form with everything seen."""
    seen = [str(row.id) for row in house.rows(select(Requirement)) if row.kind == "document"]
    who = house.amira_id
    return {f"identity-{who}": "y", "seen": seen, f"confirm-{who}": ["address", "signature"], **more}


def with_number(house, number="050590-1235", **more):
    return ticked(house, **{f"outcome-{house.amira_id}": "issued", f"number-{house.amira_id}": number, **more})


def test_today_shows_who_comes_and_looking_changes_nothing(amira, dora):
    page = dora.get("/desk/")

    assert page.status_code == 200
    assert "Amira Haddad" in page.text
    assert "10:00" in page.text
    assert "Nobody waits" in page.text
    assert amira.rows(select(Visit)) == []


def test_who_arrived_stands_on_top_with_the_minutes_she_waits(amira, dora):
    arrived(dora, amira)
    amira.wait(minutes=7)

    page = dora.get("/desk/").text

    assert "waits 7 minutes" in page
    assert "Call next: A1" in page
    assert page.index("waits 7 minutes") < page.index("Next</h2>")
    assert "Has arrived" not in page


def test_arriving_twice_by_a_double_press_is_one_visit(amira, dora):
    key = {"idempotency_key": "a" * 32}
    first = dora.send(f"{brief(amira)}/arrive", key, form=brief(amira))
    again = dora.send(f"{brief(amira)}/arrive", key, form=brief(amira))

    assert (first.status_code, again.status_code) == (303, 303)
    assert len(amira.rows(select(Visit))) == 1


def test_arriving_again_without_the_key_is_refused_in_words(amira, dora):
    arrived(dora, amira)
    again = arrived(dora, amira)

    assert again.status_code == 409
    assert "She has arrived already." in again.text
    assert len(amira.rows(select(Visit))) == 1


@pytest.mark.parametrize("typed", ["{0}", "{1}", "https://klarsag.example/way-in?reference={0}", "Haddad", "amira had"])
def test_a_file_is_found_by_reference_by_qr_and_by_words_of_a_name(amira, dora, typed):
    words = typed.format(amira.reference, amira.reference.lower().replace("-", " "))
    found = dora.send("/desk/search", {"q": words}, form="/desk/")

    if found.status_code == 303:
        assert found.location.endswith(brief(amira))
    else:
        assert amira.reference in found.text


def test_a_search_that_finds_nothing_keeps_what_was_typed(amira, dora):
    found = dora.send("/desk/search", {"q": "Nobody Here"}, form="/desk/")

    assert found.status_code == 200
    assert 'value="Nobody Here"' in found.text
    assert "No file here fits" in found.text


def test_the_brief_says_what_to_see_and_opens_nothing_by_being_read(amira, dora):
    page = dora.get(brief(amira)).text

    assert "Amira Haddad" in page
    assert "Passport" in page
    assert "original" in page
    assert "Has arrived" in page
    assert "Start the meeting" not in page
    assert amira.rows(select(Meeting)) == []


def test_a_meeting_ends_with_the_number_and_its_minutes(amira, dora):
    assert in_meeting(dora, amira).status_code == 303
    amira.wait(minutes=9)

    done = dora.send(f"{brief(amira)}/meeting", with_number(amira, do="end"), form=brief(amira))

    assert done.status_code == 303, done.text
    assert [file.state for file in amira.rows(select(Application))] == ["issued"]
    assert amira.run(lambda: services().sealer.open(decision(amira).number_sealed)) == "050590-1235"
    page = dora.get(brief(amira)).text
    assert "The meeting took 9 minutes" in page
    assert "Has the number" in page
    assert "050590" not in page


def test_who_judged_the_papers_only_proposes_the_number_and_the_page_says_so(house):
    with house.app.app_context():
        house.made.staff["clara"] = house.made.by("lena")  # here the lead herself judges
        house.file_id = w.amira_sends(house.made)
        w.clara_accepts_all(house.made, house.file_id)
        house.reference = house.made.file(house.file_id).reference
        house.amira_id = house.made.people(house.file_id)["applicant"]
        db.session.remove()
    house.wait(days=8)
    lena = house.browser()
    lena.sign_in("lena")
    in_meeting(lena, house)

    done = lena.send(f"{brief(house)}/meeting", with_number(house), form=brief(house))

    assert done.status_code == 303, done.text
    assert decision(house).status == "proposed"
    assert "A colleague in the back office must confirm the number." in lena.get(brief(house)).text
    assert house.rows(select(Application))[0].state == "open"


def decision(house):
    return house.rows(select(Decision))[0]


def test_ticks_are_kept_when_the_outcome_is_refused(amira, dora):
    in_meeting(dora, amira)
    fields = {**with_number(amira), "seen": []}

    refused = dora.send(f"{brief(amira)}/meeting", fields, form=brief(amira))

    assert refused.status_code == 422
    assert "Original not seen yet: Passport" in refused.text
    assert 'value="050590-1235"' in refused.text
    assert amira.rows(select(Decision)) == []
    assert amira.rows(select(Person))[0].identity_seen_at is not None


def test_every_reason_of_the_gate_is_told_at_once(amira, dora):
    in_meeting(dora, amira)
    refused = dora.send(f"{brief(amira)}/meeting", {f"outcome-{amira.amira_id}": "issued",
                                                  f"number-{amira.amira_id}": "050590-1235"}, form=brief(amira)).text

    assert "Confirm her identity first." in refused
    assert "Original not seen yet" in refused


@pytest.mark.parametrize(("number", "warning"), [
    ("0505901", "too short or too long"), ("990590-1235", "no such day of birth"),
    ("060590-1235", "another day of birth")])
def test_a_doubtful_number_is_warned_of_once_and_never_blocked(amira, dora, number, warning):
    in_meeting(dora, amira)

    warned = dora.send(f"{brief(amira)}/meeting", with_number(amira, number), form=brief(amira))
    assert warned.status_code == 422
    assert warning in warned.text
    assert amira.rows(select(Decision)) == []

    checked = re.search(r'name="checked-\d+" value="([^"]+)"', warned.text).group(1)
    meant = dora.send(f"{brief(amira)}/meeting", with_number(amira, number, **{f"checked-{amira.amira_id}": checked}),
                      form=brief(amira))
    assert meant.status_code == 303
    assert len(amira.rows(select(Decision))) == 1


def test_a_number_without_digits_is_asked_for(amira, dora):
    in_meeting(dora, amira)
    refused = dora.send(f"{brief(amira)}/meeting", with_number(amira, ""), form=brief(amira))

    assert refused.status_code == 422
    assert "Write down the number." in refused.text
    assert amira.rows(select(Decision)) == []


def test_a_meeting_cannot_end_before_everybody_has_an_outcome(amira, dora):
    in_meeting(dora, amira)
    refused = dora.send(f"{brief(amira)}/meeting", ticked(amira, do="end"), form=brief(amira))

    assert refused.status_code == 422
    assert "Amira Haddad: Say for each person how it ended." in refused.text
    assert amira.rows(select(Meeting))[0].ended_at is None


def test_a_paper_that_is_missing_ends_the_meeting_without_a_number(amira, dora):
    in_meeting(dora, amira)
    done = dora.send(f"{brief(amira)}/meeting",
                     {f"outcome-{amira.amira_id}": "paper_missing", "do": "end"}, form=brief(amira))

    assert done.status_code == 303
    assert amira.rows(select(Application))[0].state == "open"
    assert "A paper is missing" in dora.get(brief(amira)).text


def test_breaking_off_wants_a_reason(amira, dora):
    in_meeting(dora, amira)
    without = dora.send(f"{brief(amira)}/abandon", {"reason": " "}, form=brief(amira))
    assert without.status_code == 409
    assert "Please give a reason." in without.text

    done = dora.send(f"{brief(amira)}/abandon", {"reason": "fire alarm"}, form=brief(amira))
    assert done.status_code == 303
    assert amira.rows(select(Meeting))[0].ended_as == "abandoned"


def test_who_does_not_come_is_marked_and_it_can_be_undone_the_same_day(amira, dora):
    early = dora.send(f"{brief(amira)}/no-show", form=brief(amira))
    assert early.status_code == 409
    assert "The time has not begun yet." in early.text

    amira.wait(minutes=30)
    dora.send(f"{brief(amira)}/no-show", form=brief(amira))
    assert amira.rows(select(Appointment))[0].status == "no_show"
    assert "did not come" in dora.get("/desk/").text

    undone = dora.send(f"{brief(amira)}/undo-no-show", form=brief(amira))
    assert undone.status_code == 303, undone.text
    assert amira.rows(select(Appointment))[0].status == "booked"


def test_the_office_cancels_a_time(amira, dora):
    dora.send(f"{brief(amira)}/cancel", form=brief(amira))

    assert amira.rows(select(Appointment))[0].status == "cancelled"


def test_somebody_without_a_file_is_noted_linked_and_leaves(amira, dora):
    asked = dora.send("/desk/walk-in", {"office": amira.made.offices["house"], "cause": ""})
    assert asked.status_code == 422
    assert amira.rows(select(Visit)) == []

    noted = dora.send("/desk/walk-in", {"office": amira.made.offices["house"], "cause": "asks about tax"})
    assert noted.status_code == 303
    assert "asks about tax" in dora.get("/desk/").text

    visit = amira.rows(select(Visit))[0]
    found = dora.send("/desk/search", {"q": "Haddad", "visit": visit.id}, form="/desk/")
    assert "This is her file" in found.text
    linked = dora.send(f"/desk/visits/{visit.id}/link", {"reference": amira.reference}, form="/desk/")
    assert linked.location.endswith(brief(amira))
    assert amira.rows(select(Visit))[0].application_id == amira.file_id

    dora.send(f"{brief(amira)}/leave", {"left_as": "answered"}, form=brief(amira))
    assert amira.rows(select(Visit))[0].left_as == "answered"


def test_a_visit_cannot_be_opened_in_another_house(amira, dora):
    noted = dora.send("/desk/walk-in", {"office": amira.made.offices["other"], "cause": "asks"})

    assert noted.status_code in (404, 422)
    assert amira.rows(select(Visit)) == []


@pytest.mark.parametrize("name", ["clara", "otto", "ada"])
def test_nobody_else_sits_at_the_desk(amira, name):
    browser = amira.browser()
    browser.sign_in(name)

    assert browser.get("/desk/").status_code == 404
    assert browser.get(brief(amira)).status_code == 404
    assert browser.client.post(f"{brief(amira)}/arrive").status_code == 404
    assert amira.rows(select(Visit)) == []


def test_the_lead_may_do_what_the_desk_does(amira):
    browser = amira.browser()
    browser.sign_in("lena")

    assert browser.get(brief(amira)).status_code == 200


@pytest.mark.parametrize("path", ["arrive", "start", "meeting", "abandon", "leave", "no-show", "undo-no-show",
                                  "cancel"])
def test_no_act_is_an_address_that_can_be_opened(amira, dora, path):
    assert dora.get(f"{brief(amira)}/{path}").status_code == 405


def test_lists_and_files_need_few_statements(amira, dora, statements):
    arrived(dora, amira)
    with statements() as of_list:
        dora.get("/desk/")
    assert len(of_list) <= 6, of_list
    with statements() as of_file:
        dora.get(brief(amira))
    assert len(of_file) <= 10, of_file


@pytest.mark.parametrize("fields", [
    {"seen": ["x", "-1", "9" * 40, "\u0661"]}, {"do": "\x00"}, {"outcome": "crowned"}, {"number": "\u202e1"}])
def test_nonsense_in_the_meetings_form_is_no_fault_of_ours(amira, dora, fields):
    in_meeting(dora, amira)
    who = f"-{amira.amira_id}"
    sent = {name + who if name in ("outcome", "number") else name: each for name, each in fields.items()}
    answer = dora.send(f"{brief(amira)}/meeting", sent, form=brief(amira))

    assert answer.status_code in (303, 422)
    assert amira.rows(select(Decision)) == []


@pytest.mark.parametrize("path", ["/desk/visits/" + "9" * 30, "/desk/?office=" + "9" * 30, "/desk/?office=x",
                                  "/desk/files/" + "9" * 300])
def test_an_absurd_address_answers_404_or_the_usual_page(amira, dora, path):
    assert dora.get(path).status_code in (200, 404)


@pytest.mark.parametrize("q", ["\x00", "%_%", "http://[", "://", "\u202e" * 9, "a" * 5000, "9" * 30])
def test_nothing_that_is_typed_into_the_search_breaks_it(amira, dora, q):
    assert dora.send("/desk/search", {"q": q, "visit": "9" * 30}, form="/desk/").status_code in (200, 422)
