"""What the client agreed to: for what, which fields at most, to whom; and how an agreement ended.

What exists keeps its meaning: all fields of its level, for what the request is for, to the hubs that the lead invites.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

_FIELDS = {
    "A1": ["wants", "client_type", "sector", "country", "region", "size", "languages"],
    "A2": ["text"],
    "A3": ["client_name"],
    "A4": ["contact"],
}


def keep_what_exists(apps, schema_editor):
    rows = apps.get_model("collaboration", "ClientAuthorisation").objects.select_related("request")
    for row in rows.iterator():
        row.field_scope = [name for level, names in _FIELDS.items() if level <= row.level for name in names]
        row.purposes = ["match"] if row.request.scenario == "MM" else ["deliver"]
        row.save(update_fields=["field_scope", "purposes"])


def _array(length):
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(max_length=length), blank=True, default=list, size=None
    )


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0017_estimates_and_expenses")]
    operations = [
        migrations.AddField("clientauthorisation", "field_scope", _array(40)),
        migrations.AddField("clientauthorisation", "purposes", _array(10)),
        migrations.AddField(
            "clientauthorisation",
            "audience",
            models.CharField(
                choices=[
                    ("invited_hubs", "Hubs that my hub invites, until they say no"),
                    ("named_hubs", "Certain hubs that I name"),
                    ("hubs_of_country", "Hubs of certain countries"),
                    ("hubs_of_community", "Hubs of a community"),
                    ("whole_network", "Any hub of this network"),
                    ("other_federated_network", "Hubs of another network"),
                ],
                default="invited_hubs",
                max_length=24,
            ),
        ),
        migrations.AddField("clientauthorisation", "audience_names", _array(40)),
        migrations.AddField("clientauthorisation", "withdrawn_by", models.CharField(blank=True, max_length=200)),
        migrations.AddField("clientauthorisation", "withdrawn_reason", models.CharField(blank=True, max_length=500)),
        migrations.RunPython(keep_what_exists, migrations.RunPython.noop),
    ]
