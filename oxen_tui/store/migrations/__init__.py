"""The steps of the schema, one numbered SQL file each; a package only so that they are installed with the rest."""
