"""Pages for staff. Everything is looked up within the own municipality; elsewhere is the same 404 as nowhere."""
