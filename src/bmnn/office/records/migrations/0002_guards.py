"""The search index and the guard of the log."""

from django.db import migrations

from bmnn.office.records import guards


class Migration(migrations.Migration):
    dependencies = [("records", "0001_registers"), ("core", "0002_append_only")]
    operations = [migrations.RunPython(guards.create, guards.drop)]
