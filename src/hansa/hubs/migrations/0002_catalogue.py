import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hubs', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE hubs_revision",
            "DROP SEQUENCE hubs_revision",
        ),
        migrations.AddField(
            model_name='concept',
            name='search',
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.AddField(
            model_name='hub',
            name='joint_deliveries',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='hub',
            name='latest_reply_days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='hub',
            name='reply_days',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='hub',
            name='source_notes',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddIndex(
            model_name='concept',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='concept_search'),
        ),
    ]
