create trigger distributor_move_no_update before update on distributor_move begin select raise(abort, 'distributor_move is append-only'); end;
create trigger distributor_move_no_delete before delete on distributor_move begin select raise(abort, 'distributor_move is append-only'); end;
