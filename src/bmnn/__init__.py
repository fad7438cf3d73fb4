"""The register and compliance file for the protection of state secrets."""
