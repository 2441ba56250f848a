"""Standpoint: stakeholder consultation. This package root imports nothing, so no circle can pass through it."""
