"""The models that a server offers: kept, searched, filtered, compared."""
