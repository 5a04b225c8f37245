"""One component that draws all charts of a page and reports what was clicked or brushed."""
