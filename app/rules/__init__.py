"""Pure decisions: plain values in, a refusal, a state or a selection out. No SQL, no clock."""
