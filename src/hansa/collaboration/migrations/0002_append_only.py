"""Disclosures and texts that people signed are never changed."""

from django.db import migrations

TABLES = ("collaboration_disclosure", "collaboration_version")


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0001_initial"), ("foundation", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER is_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION hansa_append_only();",
            f"DROP TRIGGER is_append_only ON {table};",
        )
        for table in TABLES
    ]
