create trigger rate_append_only before update or delete on rate for each statement execute function refuse_change();
