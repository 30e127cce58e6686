create trigger scheme_append_only before update or delete on scheme for each statement execute function refuse_change();
