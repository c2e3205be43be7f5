"""Forms of the import."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("KPI sheet"),
        help_text=_("The Excel workbook with 28 columns, as the reporting tool or Hansa writes it. At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
