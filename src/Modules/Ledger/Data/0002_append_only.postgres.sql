create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry for each statement execute function refuse_change();
create trigger ledger_posting_append_only before update or delete or truncate on ledger_posting for each statement execute function refuse_change();
