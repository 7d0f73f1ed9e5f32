"""What people do in the programme: one module per deed, each checking by itself who may do it."""
