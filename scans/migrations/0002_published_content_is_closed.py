"""Triggers that close published content: a changed, added or removed row is refused, an equal one passes.

SQLite rebuilds a table when a later migration alters it and then drops its triggers: run `close()` again there.
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION scans_refuse_published() RETURNS trigger AS $$
DECLARE
    owner bigint;
    old_owner bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'scans_questionnaire' THEN
        old_owner := OLD.id;
        owner := OLD.id;
    ELSIF TG_TABLE_NAME = 'scans_question' THEN
        IF TG_OP <> 'INSERT' THEN old_owner := OLD.questionnaire_id; END IF;
        IF TG_OP <> 'DELETE' THEN owner := NEW.questionnaire_id; END IF;
    ELSE
        IF TG_OP <> 'INSERT' THEN
            SELECT questionnaire_id INTO old_owner FROM scans_question WHERE id = OLD.question_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            SELECT questionnaire_id INTO owner FROM scans_question WHERE id = NEW.question_id;
        END IF;
    END IF;
    IF EXISTS (SELECT 1 FROM scans_publication WHERE questionnaire_id IN (owner, old_owner)) THEN
        RAISE EXCEPTION 'published content is closed: make a new version' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER published_questionnaire BEFORE UPDATE OR DELETE ON scans_questionnaire
    FOR EACH ROW EXECUTE FUNCTION scans_refuse_published();
CREATE TRIGGER published_question BEFORE INSERT OR UPDATE OR DELETE ON scans_question
    FOR EACH ROW EXECUTE FUNCTION scans_refuse_published();
CREATE TRIGGER published_option BEFORE INSERT OR UPDATE OR DELETE ON scans_answeroption
    FOR EACH ROW EXECUTE FUNCTION scans_refuse_published();
"""

POSTGRESQL_REVERSE = """
DROP TRIGGER published_option ON scans_answeroption;
DROP TRIGGER published_question ON scans_question;
DROP TRIGGER published_questionnaire ON scans_questionnaire;
DROP FUNCTION scans_refuse_published();
"""

# Which columns make a row, and how a row finds its questionnaire.
TABLES = {
    "scans_questionnaire": ("{row}.id", ["id", "role", "version", "title"], ["UPDATE", "DELETE"]),
    "scans_question": (
        "{row}.questionnaire_id",
        [
            "id", "questionnaire_id", "theme_id", "code", "position", "text", "why", "prompt", "weight",
            "allows_dont_know", "allows_not_applicable", "allows_prefer_not_to_say", "relation", "predecessor_id",
        ],
        ["INSERT", "UPDATE", "DELETE"],
    ),
    "scans_answeroption": (
        "(SELECT questionnaire_id FROM scans_question WHERE id = {row}.question_id)",
        ["id", "question_id", "level", "label"],
        ["INSERT", "UPDATE", "DELETE"],
    ),
}  # fmt: skip


def _sqlite_triggers():
    for table, (owner, columns, events) in TABLES.items():
        for event in events:
            rows = {"INSERT": ["NEW"], "UPDATE": ["NEW", "OLD"], "DELETE": ["OLD"]}[event]
            owners = ", ".join(owner.format(row=row) for row in rows)
            when = f"EXISTS (SELECT 1 FROM scans_publication WHERE questionnaire_id IN ({owners}))"
            if event == "UPDATE":
                changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
                when += f" AND ({changed})"
            name = f"{table}_closed_{event.lower()}"
            yield name, (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
                "BEGIN SELECT RAISE(ABORT, 'published content is closed: make a new version'); END"
            )


def close(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for _, sql in _sqlite_triggers():
            schema_editor.execute(sql)


def reopen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_REVERSE)
    else:
        for name, _ in _sqlite_triggers():
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("scans", "0001_content_and_scans")]
    operations = [migrations.RunPython(close, reopen)]
