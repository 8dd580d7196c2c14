"""The wire: one client, one file for each noun of the service, the errors, the event decoder."""
