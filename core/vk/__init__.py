"""VK's API: one call over HTTP, the speed limit, packing, paging, and JSON turned into models."""
