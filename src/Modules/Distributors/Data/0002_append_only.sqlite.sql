create trigger rate_no_update before update on rate begin select raise(abort, 'rate is append-only'); end;
create trigger rate_no_delete before delete on rate begin select raise(abort, 'rate is append-only'); end;
