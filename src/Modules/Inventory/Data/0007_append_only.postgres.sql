create trigger card_replacement_append_only before update or delete on card_replacement for each statement execute function refuse_change();
