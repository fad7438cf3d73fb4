"""Projections of the acts of oversight."""

from bmnn.office.oversight.models.scans import Removal, Scan, ScanFinding

__all__ = ["Removal", "Scan", "ScanFinding"]
