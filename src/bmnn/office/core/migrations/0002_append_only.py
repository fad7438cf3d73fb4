"""Guards of the log: events, tree nodes and checkpoints are never changed or deleted."""

from django.db import migrations

from bmnn.office.core import triggers


class Migration(migrations.Migration):
    dependencies = [("core", "0001_engine")]
    operations = [migrations.RunPython(triggers.create, triggers.drop)]
