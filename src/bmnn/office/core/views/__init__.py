"""Pages of the organisation and the system: each act of `core/acts` has one."""
