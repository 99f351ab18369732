"""The `config.xml` of a job: what kind of job it is, its script, and what it says beside it."""
