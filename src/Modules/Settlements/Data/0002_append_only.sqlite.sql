create trigger settlement_line_no_update before update on settlement_line begin select raise(abort, 'settlement_line is append-only'); end;
create trigger settlement_line_no_delete before delete on settlement_line begin select raise(abort, 'settlement_line is append-only'); end;
