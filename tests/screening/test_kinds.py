"""What kind of paper it is, by its words."""

import pytest

from screening.kinds import of_text, of_zone


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["LEJEKONTRAKT", "Udlejer: N. N.", "Lejer: M. M."], "tenancy_contract"),
        (["Договір оренди житла"], "tenancy_contract"),
        (["Arbeitsvertrag", "zwischen Arbeitgeber und Arbeitnehmer"], "employment_contract"),
        (["Payslip", "Gross pay 3000", "Net pay 2100"], "payslip"),
        (["ACME A/S", "Lønseddel", "Bruttoløn", "A-skat"], "payslip"),
        (["Kontoauszug", "IBAN DE00", "Saldo"], "bank_statement"),
        (["Eheurkunde"], "marriage_certificate"),
        (["Odpis skrócony aktu urodzenia"], "birth_certificate"),
        (["Свідоцтво про народження"], "birth_certificate"),
        (["Letter of admission", "Master programme"], "admission_letter"),
        (["Wohnungsgeberbestätigung"], "landlord_declaration"),
        (["Sentencia de divorcio"], "divorce_certificate"),
        (["Acte de décès"], "death_certificate"),
        (["Hello", "nice weather today"], None),
        ([], None),
    ],
)
def test_a_page_is_told_by_its_words(lines, kind):
    assert of_text(lines) == kind


def test_a_zone_tells_the_kind_and_words_tell_cards_apart():
    assert of_zone("P") == "passport"
    assert of_zone("V") == "visa"
    assert of_zone("I", ["Identity card"]) == "identity_card"
    assert of_zone("IR", ["OPHOLDSTILLADELSE"]) == "residence_permit"
