create trigger card_move_append_only before update or delete on card_move for each statement execute function refuse_change();
