"""One draft on a phone and on a laptop: neither loses what the other wrote, and nobody is shut out."""

from __future__ import annotations

from sqlalchemy import select

from applications.models import Answer
from tests.web.applicant.walking import ABOUT, Fields, Walker, dict_of_lists, lead_id, started


def name_kept(house) -> str:
    rows = house.rows(select(Answer.value).where(Answer.question_id == "full_name", Answer.superseded_at.is_(None)))
    return rows[0]["v"]


def both_on_the_page(house) -> tuple[Walker, Walker, str]:
    phone = started(house)
    page = f"/file/answers/about/{lead_id(phone)}"
    phone.send(page, ABOUT)
    laptop = Walker(house)
    laptop.come_back()
    for device in (phone, laptop):
        device.open(page)
    return phone, laptop, page


def test_the_device_that_did_not_see_the_newest_answer_is_told_and_keeps_what_was_typed(house):
    phone, laptop, page = both_on_the_page(house)
    phone.send(page, {"q_full_name": "Amira Maria Haddad"})

    laptop.send(page, {"q_full_name": "A. Haddad"})

    assert laptop.status == 409
    assert "changed on another device" in laptop.page
    assert 'value="A. Haddad"' in laptop.page
    assert name_kept(house) == "Amira Maria Haddad"


def test_pressing_again_without_looking_changes_nothing_but_loading_the_page_helps(house):
    phone, laptop, page = both_on_the_page(house)
    phone.send(page, {"q_full_name": "Amira Maria Haddad"})
    laptop.send(page, {"q_full_name": "A. Haddad"})

    laptop.send(page, {"q_full_name": "A. Haddad"})
    assert (laptop.status, name_kept(house)) == (409, "Amira Maria Haddad")

    laptop.open(page)
    assert 'value="Amira Maria Haddad"' in laptop.page
    laptop.send(page, {"q_full_name": "A. Haddad"})
    assert (laptop.status, name_kept(house)) == (200, "A. Haddad")


def test_saving_while_typing_does_not_count_as_another_device(house):
    phone, _laptop, page = both_on_the_page(house)
    typed = dict_of_lists(Fields(phone.page).to(page))

    phone.client.post(f"{page}/so-far", data={**typed, "q_full_name": "Amira M"})
    assert name_kept(house) == "Amira M"
    phone.send(page, {"q_full_name": "Amira Maria"})

    assert (phone.status, name_kept(house)) == (200, "Amira Maria")
