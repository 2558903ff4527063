"""What kind of paper a text is from, by the words such papers use. Spaces do not count: recognisers lose them."""

import re
from collections.abc import Iterable

from anyascii import anyascii

# A title alone decides; of the other words two are needed.
_TITLES = {
    "tenancy_contract": ("lejekontrakt", "mietvertrag", "tenancyagreement", "leaseagreement", "rentalagreement",
                         "hyreskontrakt", "contratdelocation", "contratdebail", "bauxdhabitation",
                         "contratodearrendamiento", "contratodealquiler", "umowanajmu", "dogovirorendi", "huurcontract",
                         "huurovereenkomst"),
    "landlord_declaration": ("wohnungsgeberbestatigung", "wohnungsgeberbescheinigung", "landlorddeclaration",
                             "landlordsdeclaration", "logivererklaering", "logivererklring", "udlejererklring",
                             "hyresvardsintyg", "attestationdhebergement", "certificadodealojamiento",
                             "oswiadczeniewynajmujacego", "verhuurdersverklaring"),
    "admission_letter": ("letterofadmission", "admissionletter", "letterofacceptance", "optagelsesbrev",
                         "zulassungsbescheid", "immatrikulationsbescheinigung", "antagningsbesked",
                         "lettredadmission", "attestationdinscription", "cartadeadmision", "decyzjaoprzyjeciu",
                         "studieoptagelse", "certificateofenrolment", "confirmationofenrolment"),
    "employment_contract": ("arbeitsvertrag", "employmentcontract", "contractofemployment", "ansaettelseskontrakt",
                            "ansttelseskontrakt", "ansttelsesbevis", "anstallningsavtal", "contratdetravail",
                            "contratodetrabajo", "umowaoprace", "trudovijdogovir", "arbeidsovereenkomst"),
    "payslip": ("payslip", "lonseddel", "lnseddel", "lonspecifikation", "gehaltsabrechnung", "lohnabrechnung",
                "entgeltabrechnung", "verdienstabrechnung", "bulletindepaie", "fichedepaie", "nomina",
                "recibodesalarios", "paskwynagrodzenia", "salaryslip", "loonstrook", "salarisspecificatie"),
    "bank_statement": ("bankstatement", "statementofaccount", "kontoudtog", "kontoauszug", "kontoutdrag",
                       "relevedecompte", "extractodecuenta", "extractobancario", "wyciagbankowy", "rekeningafschrift"),
    "birth_certificate": ("birthcertificate", "certificateofbirth", "fodselsattest", "fdselsattest", "geburtsurkunde",
                          "fodelsebevis", "personbevisfodelse", "actedenaissance", "extraitdacte denaissance",
                          "certificadodenacimiento", "partidadenacimiento", "akturodzenia",
                          "odpisaktuurodzenia", "odpisskroconyaktuurodzenia", "svidotstvopronarodzhennya",
                          "geboorteakte"),
    "marriage_certificate": ("marriagecertificate", "certificateofmarriage", "vielsesattest", "eheurkunde",
                             "heiratsurkunde", "vigselbevis", "actedemariage", "certificadodematrimonio",
                             "partidadematrimonio", "aktumalzenstwa", "svidotstvoproshlyub", "huwelijksakte"),
    "divorce_certificate": ("divorcecertificate", "decreeofdivorce", "divorcedecree", "finalorderofdivorce",
                            "skilsmissebevilling", "skilsmissedom", "scheidungsbeschluss", "scheidungsurteil",
                            "aktenskapsskillnad", "jugementdedivorce", "sentenciadedivorcio", "wyrokrozwodowy",
                            "svidotstvoprorozirvannyashlyubu"),
    "death_certificate": ("deathcertificate", "certificateofdeath", "dodsattest", "ddsattest", "sterbeurkunde",
                          "dodsbevis", "actededeces", "certificadodedefuncion", "aktzgonu", "aktuzgonu",
                          "svidotstvoprosmert"),
    "insurance_card": ("europeanhealthinsurancecard", "healthinsurancecard", "europaeiskesygesikringskort",
                       "europiskesygesikringskort", "krankenversichertenkarte", "gesundheitskarte",
                       "carteeuropeennedassurancemaladie", "tarjetasanitaria", "kartaubezpieczenia"),
    "residence_permit": ("residencepermit", "opholdstilladelse", "aufenthaltstitel", "uppehallstillstand",
                         "titredesejour", "permisoderesidencia", "kartapobytu", "posvidkanaprozhivannya",
                         "registreringsbevis", "verblijfsvergunning", "registrationcertificateeu"),
    "identity_card": ("identitycard", "identitetskort", "personalausweis", "nationelltidkort", "carted identite",
                      "cartenationaledidentite", "documentonacionaldeidentidad", "dowodosobisty"),
    "passport": ("passport", "reisepass", "passeport", "pasaporte", "paszport"),
}  # fmt: skip
_WORDS = {
    "tenancy_contract": ("udlejer", "lejer", "lejemal", "vermieter", "mieter", "mietsache", "kaltmiete", "landlord",
                         "tenant", "premises", "deposit", "kaution", "hyresvard", "hyresgast", "bailleur", "locataire",
                         "loyer", "arrendador", "arrendatario", "najemca", "wynajmujacy", "czynsz", "monthlyrent"),
    "employment_contract": ("arbeitnehmer", "arbeitgeber", "probezeit", "employer", "employee", "noticeperiod",
                            "probation", "arbejdsgiver", "lonmodtager", "arbetsgivare", "arbetstagare", "employeur",
                            "salarie", "empleador", "trabajador", "pracodawca", "pracownik", "workinghours"),
    "payslip": ("brutto", "netto", "lohnsteuer", "grosspay", "netpay", "nationalinsurance", "amindkomst", "askat",
                "feriepenge", "bruttolon", "salairebrut", "netapayer", "devengos", "deducciones", "wynagrodzenie",
                "skatt", "bruttolohn", "taxcode"),
    "bank_statement": ("iban", "bic", "saldo", "openingbalance", "closingbalance", "balance", "kontonummer",
                       "buchungstag", "solde", "saldoinicial", "transaction", "debit", "credit"),
    "admission_letter": ("programme", "semester", "university", "universitet", "universitat", "studienplatz",
                         "faculty", "ects", "bachelor", "master", "admitted", "enrolled", "optaget", "antagen"),
    "birth_certificate": ("placeofbirth", "mother", "father", "mutter", "vater", "foedt", "fodt", "mere", "pere",
                          "madre", "padre", "matka", "ojciec", "mor", "far", "geburtsort"),
    "marriage_certificate": ("spouse", "groom", "bride", "husband", "wife", "ehegatten", "epoux", "epouse",
                             "contrayente", "malzonkowie", "brudgom", "brud", "gift"),
    "insurance_card": ("insurancenumber", "versichertennummer", "krankenkasse", "insurer", "sygesikring",
                       "identificationnumberoftheinstitution"),
}  # fmt: skip
_WITH_ZONE = {"P": "passport", "V": "visa", "I": "identity_card", "A": "identity_card", "C": "identity_card"}
KINDS = frozenset(_TITLES) | {"visa"}
_HEAD_LINES = 14


def of_zone(document_type: str, text: Iterable[str] = ()) -> str | None:
    """The kind a zone announces. Cards of identity and of residence share their letters; the words tell."""
    if document_type[:1] in "IAC" and of_text(text) == "residence_permit":
        return "residence_permit"
    return _WITH_ZONE.get(document_type[:1])


def of_text(text: Iterable[str]) -> str | None:
    """The kind whose words are found in these lines; None when none or two kinds alike."""
    lines = [_folded(line) for line in text]
    whole, head = "".join(lines), "".join(lines[:_HEAD_LINES])
    points: dict[str, int] = {}
    for kind, titles in _TITLES.items():
        if any(title in head for title in titles):
            points[kind] = points.get(kind, 0) + 4
        elif any(title in whole for title in titles):
            points[kind] = points.get(kind, 0) + 1
    for kind, words in _WORDS.items():
        points[kind] = points.get(kind, 0) + min(4, sum(word in whole for word in words if len(word) > 4))
    ranked = sorted(points.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _folded(line: str) -> str:
    """`Ł` and `ø` as a reader without them writes them; letters only."""
    return re.sub("[^a-z]", "", anyascii(line).lower())
