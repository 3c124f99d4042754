#!/usr/bin/env python
"""Django's command line. Without any variable it works on the SQLite database in var/, in development mode."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quickscan.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
