"""A form of any number of fields: lines that are drawn, and one editor for the field that is typed in."""
