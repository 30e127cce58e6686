create trigger fact_no_update before update on fact begin select raise(abort, 'fact is append-only'); end;
create trigger fact_no_delete before delete on fact begin select raise(abort, 'fact is append-only'); end;
