"""Paper books of earlier years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_traces")]

    operations = [
        migrations.AddField(
            model_name="book",
            name="old",
            field=models.BooleanField(
                default=False, help_text="sổ giấy của năm trước, nhập lại theo số trên giấy"
            ),
        ),
    ]
