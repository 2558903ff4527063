"""An answer changed after booking: she sees first what it changes, and her time is held but does not count."""


def test_a_changed_answer_that_needs_a_new_paper_freezes_the_booked_time(people):
    amira, _clara, dora = people
    amira.has_sent()
    amira.books()

    amira.goes_to("/file")
    amira.page.locator("details", has_text="Change something").last.evaluate("part => { part.open = true }")
    amira.follows("^About ")
    amira.fills({"civil_status": "divorced"})
    amira.presses("See what this changes")
    assert "there are a few more questions" in amira.reads
    amira.fills({"civil_status_on": (1, 3, 2020), "civil_status_country": "ES"})
    amira.presses("See what this changes")
    assert "We will then need also" in amira.reads
    assert "We hold your time" in amira.reads
    amira.presses("Change my answers")

    amira.goes_to("/file/booking")
    assert "This time does not count at the moment" in amira.reads
    dora.comes_to_work()
    dora.finds(amira.reference)
    assert "the time is kept" in dora.reads
