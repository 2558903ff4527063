"""Whose name is it? Own names pass however they are spelled; a relative's name does not."""

import pytest

from screening.names import same


@pytest.mark.parametrize(
    ("answered", "surname", "given_names"),
    [
        ("Sören Müller", "MUELLER", "SOEREN"),
        ("Sören Müller", "MULLER", "SOREN"),
        ("Åse Kjær", "KJAER", "AASE"),
        ("Łukasz Żółć", "ZOLC", "LUKASZ"),
        ("Ayşe Öztürk", "OEZTUERK", "AYSE"),
        ("Groß, Jürgen", "GROSS", "JUERGEN"),
        ("Jean-Luc d'Été", "DETE", "JEAN LUC"),
        ("Nguyễn Thị Hồng", "NGUYEN", "THI HONG"),
        ("Willem van der Berg", "VAN DER BERG", "WILLEM"),
        ("Amira Al-Masri", "ALMASRI", "AMIRA"),
        ("Anna Hansen", "HANSEN", "ANNA MARIA"),
        ("Anna Maria Hansen", "HANSEN", "ANNA"),
        ("Sukarno", "SUKARNO", ""),
        ("Олена Шевченко", "SHEVCHENKO", "OLENA"),
        ("أميرة المصري", "ALMASRI", "AMIRA"),
    ],
)
def test_the_own_name_passes(answered, surname, given_names):
    assert same(answered, surname, given_names)


def test_a_name_cut_off_by_its_line_passes():
    assert same("Magdalena Zofia Kowalczyk-Wisniewska", "KOWALCZYK WISNIEWSKA", "MAGD", cut=True)
    assert not same("Magdalena Zofia Kowalczyk-Wisniewska", "KOWALCZYK WISNIEWSKA", "PIOT", cut=True)


@pytest.mark.parametrize(
    ("answered", "surname", "given_names"),
    [
        ("Jens Hansen", "HANSEN", "ANNA"),
        ("Ivan Petrenko", "PETRENKO", "IVANA"),
        ("Anna Maria Hansen", "HANSEN", "ANNA LISA"),
        ("Wojciech Nowak", "HANSEN", "JENS"),
        ("Anna", "HANSEN", "JENS"),
        ("Олена Шевченко", "SHEVCHENKO", "TARAS"),
        ("أميرة المصري", "IBRAHIM", "FATIMA"),
        ("Jens Hansen", "", ""),
    ],
)
def test_another_persons_name_does_not(answered, surname, given_names):
    assert not same(answered, surname, given_names)
