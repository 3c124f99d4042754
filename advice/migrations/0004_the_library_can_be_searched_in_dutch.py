"""A column with the words of every entry, kept by PostgreSQL itself. SQLite searches in Python and has no column.

The column is not in the model: Django would want to read and write it. A later migration that changes the type of one
of these columns must drop `search` first and make it again afterwards: PostgreSQL refuses it otherwise.
"""

from django.db import migrations

WEIGHTS = {
    "A": ["name"],
    "B": ["summary", "organisation"],
    "C": ["kind", "asks", "gives", "start", "for_whom"],
    "D": ["evidence_note", "caution", "note"],
}


def add_search(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    words = " || ".join(
        "setweight(to_tsvector('dutch'::regconfig, {}), '{}')".format(" || ' ' || ".join(columns), weight)
        for weight, columns in WEIGHTS.items()
    )
    schema_editor.execute(
        f"ALTER TABLE advice_intervention ADD COLUMN search tsvector GENERATED ALWAYS AS ({words}) STORED"
    )
    schema_editor.execute("CREATE INDEX advice_intervention_search ON advice_intervention USING gin (search) WITH (fastupdate = off)")


def drop_search(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE advice_intervention DROP COLUMN search")


class Migration(migrations.Migration):

    dependencies = [("advice", "0003_the_library_facts_words_and_combined_rules")]

    operations = [migrations.RunPython(add_search, drop_search)]
