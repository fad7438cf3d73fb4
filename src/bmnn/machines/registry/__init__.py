"""What each hive of the registry tells, one module per hive."""
