"""The site's addresses and, under /admin/, the stock list of the lines of all books."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import path

from bmnn.office import urls
from bmnn.office.records.models import Entry


class Site(admin.AdminSite):
    """Lets the signed-in person in; who may see what is not what is measured."""

    def has_permission(self, request: Any) -> bool:
        return True


class Columns(admin.ModelAdmin):  # type: ignore[type-arg]
    """The stock list with the columns of the form and the fields our search looks at, without any filter."""

    list_display = (
        "order_no", "day", "arrival_no", "issuer", "reference", "document_day", "abstract", "level", "recipients",
        "note",
    )  # fmt: skip
    search_fields = ("reference", "issuer", "doc_type", "abstract", "signer", "recipients", "keeper", "note")

    def has_module_permission(self, request: Any) -> bool:
        return True

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


class Whole(Columns):
    """The stock list with what our page of a book offers: also its filters, by level and month."""

    list_filter = ("level",)
    date_hierarchy = "day"


site, columns = Site(), Site("columns")
site.register(Entry, Whole)
columns.register(Entry, Columns)
urlpatterns = [path("admin/", site.urls), path("columns/", columns.urls), *urls.urlpatterns]
