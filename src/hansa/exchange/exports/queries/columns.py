"""The columns of an exported list of hubs, and what they mean."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Field, heading, meaning.
COLUMNS: tuple[tuple[str, Promise | str, Promise | str], ...] = (
    ("name", _("Name"), _("The name the hub goes by.")),
    ("other_names", _("Other names"), _("Further names, also as other catalogues write them.")),
    ("hub_type", _("Type"), _("European Digital Innovation Hub, hub with Seal of Excellence, or other hub.")),
    ("trust", _("Trust"), _("Assessed by the network, declared by the hub itself, or imported and not claimed yet.")),
    ("country", _("Country"), _("The country the hub is in.")),
    ("country_code", _("Country code"), _("ISO 3166-1, two letters.")),
    ("region", _("Region"), _("NUTS code, if the hub states it.")),
    ("city", _("City"), _("The city the hub is in.")),
    ("website", _("Website"), _("The hub's own site.")),
    ("languages", _("Languages"), _("Languages the hub works in.")),
    ("sectors", _("Sectors"), _("Sectors the hub serves, as it states them.")),
    ("technologies", _("Technologies"), _("Technologies the hub states.")),
    ("services", _("Services"), _("Services the hub states, by activity of the service classification.")),
    ("made_together", _("Made together"), _("Services the hub developed with other hubs of the network.")),
    ("competences", _("Competences"), _("Competences the hub states, as ESCO concepts.")),
    ("derived", _("Read in its text"), _("Read by Hansa in the hub's own description and not confirmed by the hub.")),
    ("joint_deliveries", _("Joint deliveries"), _("Cooperations closed through Hansa.")),
    ("reply_days", _("Reply in days"), _("Median of its latest replies to invitations.")),
    ("day_rate_eur", _("Day rate, EUR"), _("Price of one day of work, if the hub states it.")),
    ("free_days_per_month", _("Free days a month"), _("Days of work the hub can take on, if it states them.")),
    ("summary", _("Summary"), _("What the hub says about itself, in short.")),
    ("address", _("Profile"), _("Where the profile stands in Hansa.")),
    ("is_demo", _("Invented"), _("Yes for hubs of the demo network, which do not exist.")),
)
