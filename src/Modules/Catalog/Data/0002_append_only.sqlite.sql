create trigger scheme_no_update before update on scheme begin select raise(abort, 'scheme is append-only'); end;
create trigger scheme_no_delete before delete on scheme begin select raise(abort, 'scheme is append-only'); end;
