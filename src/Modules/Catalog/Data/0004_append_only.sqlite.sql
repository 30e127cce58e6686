create trigger scheme_step_no_update before update on scheme_step begin select raise(abort, 'scheme_step is append-only'); end;
create trigger scheme_step_no_delete before delete on scheme_step begin select raise(abort, 'scheme_step is append-only'); end;
