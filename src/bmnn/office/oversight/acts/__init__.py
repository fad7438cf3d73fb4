"""Acts of oversight, one a file."""
