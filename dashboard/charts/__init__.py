"""Frames become Plotly figures: pure functions, no Streamlit; colours stay names until the board paints."""
