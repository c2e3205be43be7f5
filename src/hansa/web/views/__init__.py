"""The pages of the street door itself: errors, display settings, palette, help, gallery."""
