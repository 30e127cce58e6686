create trigger card_replacement_no_update before update on card_replacement begin select raise(abort, 'card_replacement is append-only'); end;
create trigger card_replacement_no_delete before delete on card_replacement begin select raise(abort, 'card_replacement is append-only'); end;
