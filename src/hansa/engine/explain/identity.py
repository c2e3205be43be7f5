"""The sentences of what speaks for and against two records being one organisation, by code."""

from __future__ import annotations

from hansa.engine.explain.marking import Sentence, gettext_noop

IDENTITY: dict[str, Sentence] = {
    "identity_start": gettext_noop("Of all pairs of records, about one in %(n)s is one organisation."),
    "names_equal": gettext_noop("Nothing but spelling or legal form differs in the names: %(words)s."),
    "names_share": gettext_noop("Both names hold %(words)s."),
    "names_differ": gettext_noop("Only one name holds %(words)s."),
    "names_contradict": gettext_noop("One name holds %(words)s, the other %(others)s."),
    "names_in_part": gettext_noop("Only another name or a part of the name agrees."),
    "names_unlike": gettext_noop("The names have no word in common."),
    "legal_form_same": gettext_noop("Same legal form."),
    "legal_forms_differ": gettext_noop("Different legal forms."),
    "short_name_same": gettext_noop("Both are called %(name)s for short."),
    "short_name_fits": gettext_noop("%(name)s is made of the initials of the other name."),
    "short_names_differ": gettext_noop("Different short names."),
    "same_city": gettext_noop("Same place: %(city)s."),
    "cities_differ": gettext_noop("Different places: %(cities)s."),
    "same_country": gettext_noop("Same country: %(country)s."),
    "countries_differ": gettext_noop("Different countries: %(countries)s. Not merged without a person."),
    "domain_same": gettext_noop("Both use the web domain %(domain)s."),
    "domain_shared": gettext_noop("Both use the web domain %(domain)s, but so do many others. It proves nothing."),
    "domains_differ": gettext_noop("Different web domains."),
    "vat_same": gettext_noop("Same VAT number: %(number)s."),
    "vat_shared": gettext_noop("Same VAT number %(number)s, but many names stand under it. It proves nothing."),
    "vat_differs": gettext_noop("Different VAT numbers: %(numbers)s. Not merged without a person."),
    "pic_same": gettext_noop("Same PIC: %(number)s."),
    "pic_differs": gettext_noop("Different PICs: %(numbers)s. Not merged without a person."),
    "merge_would_join": gettext_noop("A merge would bring together %(names)s, which contradict each other."),
}
