create trigger fact_append_only before update or delete on fact for each statement execute function refuse_change();
