"""Addresses of the frame: sign-in, today, help, errors."""

from __future__ import annotations

from django.urls import path

from bmnn.office.web import about, help, views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", views.sign_out, name="logout"),
    path("con-lam-viec/", views.still_here, name="still_here"),
    path("ve-chuong-trinh/", about.page, name="about"),
    path("ve-chuong-trinh/mau/<slug:style>/", about.template, name="template"),
    path("tro-giup/<slug:name>/", help.page, name="help"),
]
