"""Spreadsheets of people: decode a file, guess its columns, read its rows, write it back safely.

The usual path is `decode.open_table` -> `headers.guess` -> `rows.read_people`; `export` writes.
"""
