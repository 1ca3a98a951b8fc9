"""How the state's tables came to be, one step a module; run at every start."""
