"""She did not come: her file stays as it is, and she books again."""

from datetime import timedelta


def test_who_did_not_come_keeps_her_file_and_books_again(people):
    amira, _clara, dora = people
    amira.has_sent()
    missed = amira.books()

    amira.house.until(missed + timedelta(minutes=30))
    amira.house.work()
    dora.comes_to_work()
    dora.finds(amira.reference)
    dora.unfolds("form[action$='/no-show']")
    dora.presses("Did not come")
    assert dora.page.locator("form[action$='/undo-no-show']").count() == 1, "a mistake can be undone"

    assert "We missed you" in amira.mails
    amira.comes_back(amira.reference)
    assert amira.books() > missed
    assert "Your meeting" in amira.reads
