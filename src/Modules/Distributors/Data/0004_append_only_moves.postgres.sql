create trigger distributor_move_append_only before update or delete on distributor_move for each statement execute function refuse_change();
