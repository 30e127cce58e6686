create trigger exception_step_no_update before update on exception_step begin select raise(abort, 'exception_step is append-only'); end;
create trigger exception_step_no_delete before delete on exception_step begin select raise(abort, 'exception_step is append-only'); end;
