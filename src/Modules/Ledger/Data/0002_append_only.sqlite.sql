create trigger ledger_entry_no_update before update on ledger_entry begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_entry_no_delete before delete on ledger_entry begin select raise(abort, 'ledger_entry is append-only'); end;
create trigger ledger_posting_no_update before update on ledger_posting begin select raise(abort, 'ledger_posting is append-only'); end;
create trigger ledger_posting_no_delete before delete on ledger_posting begin select raise(abort, 'ledger_posting is append-only'); end;
