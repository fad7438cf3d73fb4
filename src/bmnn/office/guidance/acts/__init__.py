"""What an agency does with guidance: one act a file."""
