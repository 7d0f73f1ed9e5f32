"""What the climate programme is and does: records, rules, use cases, ports; no Telegram, SQL or wording."""
