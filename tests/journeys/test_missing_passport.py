"""The passport could not be read: one question, one answer, and the rest of her file stays closed and safe."""


def test_a_passport_that_cannot_be_read_is_asked_for_once_and_sent_again(people):
    amira, clara, _dora = people

    amira.sends_everything()
    before = len(amira.mails)
    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "EU residence document")
    clara.refuses("Passport", "unreadable")
    assert len(amira.mails) == before, "nothing is told before the whole request is sent"
    clara.asks()
    assert amira.mails[-1] == "We need something more from you"

    amira.goes_to("/file")
    assert "We need 1 thing before" in amira.reads
    amira.goes_to("/file/booking")
    assert amira.page.locator("[name=starts_at]").count() == 0, "no time while something is missing"
    amira.goes_to("/file/questions")
    assert "too blurred or too dark" in amira.reads
    amira.adds_page(7)
    amira.presses("Send my answers")

    clara.opens(amira.reference)
    clara.accepts("Passport")
    assert "This file is complete" in clara.reads
    assert amira.mails[before + 1:] == ["We have your answer", "Your file is complete: book a time"]
    amira.books()
    assert "Your meeting" in amira.reads
