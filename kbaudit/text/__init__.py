"""Pure functions over strings: markup to blocks, chunks, dates, quantities, redaction."""
