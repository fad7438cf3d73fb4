"""A passing password must be changed; an account is signed in at one place at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="must_change",
            field=models.BooleanField(default=False, help_text="đang dùng mật khẩu tạm do quản trị cấp"),
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("account", models.UUIDField(primary_key=True, serialize=False)),
                ("session_key", models.CharField(max_length=40)),
            ],
        ),
    ]
