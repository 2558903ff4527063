"""The same page open twice: what one tab keeps, the other does not take away unseen."""


def test_a_tab_that_did_not_see_the_newest_answers_overwrites_none_of_them(people):
    amira, _clara, _dora = people
    amira.starts()
    amira.answers()
    tab = amira.opens_a_tab()
    for each in (amira, tab):
        each.goes_to("/file")
        each.follows("^About ")

    amira.fills({"full_name": "Amira Maria Haddad"})
    amira.presses("Save")
    tab.fills({"birth_place": "Toledo, Spain"})
    tab.presses("Save")
    assert "changed on another device or in another tab" in tab.reads
    assert tab.typed("birth_place") == "Toledo, Spain", "what she typed still stands there"
    assert amira.kept("full_name") == "Amira Maria Haddad", "and what she typed in the other tab is not lost"

    tab.goes_to("/file")
    tab.follows("^About ")
    tab.fills({"birth_place": "Toledo, Spain"})
    tab.presses("Save")
    assert tab.kept("birth_place") == "Toledo, Spain"
    assert tab.kept("full_name") == "Amira Maria Haddad"


def test_who_goes_back_and_changes_an_answer_has_changed_it(people):
    amira, _clara, _dora = people
    amira.starts()
    amira.answers()
    amira.goes_to("/file")
    amira.follows("^About ")
    amira.fills({"full_name": "Amira Maria Haddad"})
    amira.presses("Save")

    amira.comes_to_a_page(amira.page.go_back)
    amira.fills({"full_name": "Amira Sofia Haddad"})
    amira.presses("Save")

    assert amira.kept("full_name") == "Amira Sofia Haddad"
