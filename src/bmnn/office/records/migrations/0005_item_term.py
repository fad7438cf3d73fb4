"""The page of terms that end soon asks for a span of days among all items."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_old_books")]

    operations = [
        migrations.AddIndex(model_name="item", index=models.Index(fields=["term_until"], name="item_term")),
    ]
