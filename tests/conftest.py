"""What every test may use; a package's own fixtures live beside its tests."""
