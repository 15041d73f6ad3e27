from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("programmes", "0002_match_trials_circles_wishes"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="independent_rating",
            field=models.BooleanField(default=False),
        ),
    ]
