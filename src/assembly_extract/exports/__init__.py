"""Records -> files that other programs read, and back: tables, a database, a map layer, tasks.

``tables`` says which tables there are, ``rows`` what a record puts into them, ``rebuilding`` how
rows become a record again; every format that has tables uses the same ones. Each writer takes an
iterator of records and a target path, streams, is atomic, and returns what it had to leave out,
counted. ``assembly_extract.writers`` holds the one list of formats.
"""
