from django.db import migrations


def forget(apps, schema_editor):
    """Empty the mail that was sent before sending itself did so."""
    messages = apps.get_model("audit", "OutboxMessage").objects.using(schema_editor.connection.alias)
    messages.filter(state="sent").update(text="", html="", attachments=[], headers={})


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
