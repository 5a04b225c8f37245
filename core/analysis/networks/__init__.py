"""Networks: who answers whom, which words go together, the shape of conversations; arrays in, frames out."""
