"""What the bot does with a message, by where it stands: each handler returns a reply or nothing.

Handlers read and send nothing themselves: sending and remembering are `bot.delivery`'s, so that a
question that fails halfway can simply be asked again.
"""
