"""Settings of the site."""

SECRET_KEY = "only-for-a-first-test-run"  # noqa: S105
INSTALLED_APPS: list[str] = []
