"""What the bot does with a message, by where it stands: each handler returns a reply or nothing.

Handlers send nothing and remember nothing themselves: that is `bot.delivery`'s, so that a question that
fails halfway can simply be asked again.
"""
