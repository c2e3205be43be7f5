"""Let the database refuse what the log must never allow."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION hansa_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('hansa.removing_demo', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: rows are never changed nor deleted', TG_TABLE_NAME;
END $$;
CREATE TRIGGER activity_is_append_only BEFORE UPDATE OR DELETE ON foundation_activity
    FOR EACH ROW EXECUTE FUNCTION hansa_append_only();
"""
BACKWARD = """
DROP TRIGGER activity_is_append_only ON foundation_activity;
DROP FUNCTION hansa_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
