create trigger device_move_no_update before update on device_move begin select raise(abort, 'device_move is append-only'); end;
create trigger device_move_no_delete before delete on device_move begin select raise(abort, 'device_move is append-only'); end;
create trigger lease_step_no_update before update on lease_step begin select raise(abort, 'lease_step is append-only'); end;
create trigger lease_step_no_delete before delete on lease_step begin select raise(abort, 'lease_step is append-only'); end;
