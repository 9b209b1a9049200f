"""How it looks and where it speaks: one package a platform, each alone, each importing only the bot's port."""
