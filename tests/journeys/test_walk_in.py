"""Somebody stands at the door without a time: she is noted, her file is found, and the visit belongs to it."""


def test_who_walks_in_is_noted_and_her_file_is_found(people):
    amira, _clara, dora = people
    amira.has_sent(accepted=False)

    dora.comes_to_work()
    dora.follows("Without a file")
    dora._fill("cause", "A question about the address")
    dora.presses("Note .*arrival")
    dora._fill("q", amira.reference)
    dora.presses("Find .*file")
    dora.presses("This is .*file")

    assert "This visit belongs to the file now" in dora.page.inner_text("body")
    dora.unfolds("[name=left_as]")
    dora.page.locator("main [name=left_as]").select_option("answered")
    dora.presses("Has left")
    assert "Nobody waits" in dora.reads
