create trigger scheme_step_append_only before update or delete on scheme_step for each statement execute function refuse_change();
