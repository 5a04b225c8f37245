"""The parts of pages: filters, chips, charts, tables, tasks, conversations."""
