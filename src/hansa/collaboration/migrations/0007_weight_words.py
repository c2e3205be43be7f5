from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0006_partner_language")]

    operations = [
        migrations.AddField(
            model_name="want",
            name="weight_words",
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
