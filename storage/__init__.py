"""How the programme is kept: tables, repositories, unit of work, migrations."""
