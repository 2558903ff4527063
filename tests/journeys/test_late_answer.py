"""Her answer came after the last day: the file had lapsed, and goes on with one press."""


def test_an_answer_that_comes_too_late_wakes_the_file_up(people):
    amira, clara, _dora = people
    amira.has_sent(accepted=False)
    clara.finds_in_worklist(amira.reference)
    clara.accepts("Proof of your address", "EU residence document")
    clara.refuses("Passport", "unreadable")
    clara.asks()

    amira.house.lives_through(days=40)
    assert "Your file has lapsed" in amira.mails
    amira.comes_back(amira.reference)
    amira.sends_paper("passport", {}, seed=8)
    amira.goes_to("/file")
    amira.presses("Send this and go on with my file")

    amira.goes_to("/file")
    assert "Send this and go on" not in amira.reads
    clara.comes_to_work()
    clara.opens(amira.reference)
    clara.accepts("Passport")
    assert "This file is complete" in clara.reads
