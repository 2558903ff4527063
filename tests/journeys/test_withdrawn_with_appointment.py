"""She does not want to go on: her file closes, and her time is free for somebody else."""


def test_who_ends_her_file_gives_her_time_back(people):
    amira, _clara, dora = people
    amira.has_sent()
    starts_at = amira.books()

    amira.goes_to("/file/withdraw")
    amira.presses("Yes, end my file")

    assert amira.mails[-1] == "Your file is closed"
    amira.house.until(starts_at)
    dora.comes_to_work()
    assert amira.reference not in dora.page.content()
    assert "Amira Haddad" not in dora.reads
