create trigger card_move_no_update before update on card_move begin select raise(abort, 'card_move is append-only'); end;
create trigger card_move_no_delete before delete on card_move begin select raise(abort, 'card_move is append-only'); end;
