"""What the app does with wire and disk: policies over several calls or over time. No Textual here."""
